import type { Waiting } from './reference';

/** Name of the query parameter that n8n signs along with the address. */
export const BINDING_PARAMETER = 'contact';

/** Name of the query parameter in which n8n puts the signature. */
export const SIGNATURE_PARAMETER = 'signature';

/**
 * Reads the address at which n8n resumes an execution.
 *
 * @param url from n8n's `getSignedResumeUrl()`
 * @returns undefined where it has another form than is known
 */
export function waitingAt(url: string, executionId: string, nodeId: string): Waiting | undefined {
	const { pathname, searchParams } = new URL(url);
	const signature = searchParams.get(SIGNATURE_PARAMETER);
	const binding = searchParams.get(BINDING_PARAMETER);
	if (!pathname.endsWith(`/${executionId}/${encodeURIComponent(nodeId)}`)) return undefined;
	return signature && binding ? { executionId, nodeId, signature, binding } : undefined;
}

/**
 * The address at which the answer to a question resumes its run: what n8n signed, letter by letter.
 *
 * @param base the address of waiting executions, such as `https://n8n.example.com/webhook-waiting`
 */
export function resumeAddress(base: string, waiting: Waiting): string {
	const { executionId, nodeId, signature, binding } = waiting;
	const query = `${BINDING_PARAMETER}=${binding}&${SIGNATURE_PARAMETER}=${signature}`;
	return `${base}/${executionId}/${encodeURIComponent(nodeId)}?${query}`;
}
