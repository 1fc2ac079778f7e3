import type { IExecuteFunctions } from 'n8n-workflow';

import { SIGNATURE_PARAMETER } from '../../core/ask/resumeAddress';
import { parseUrl } from '../../core/parseUrl';

/**
 * The address that resumes a run at its node, as `Session.resumeUrl` promises it. n8n takes its own
 * signature for nodes with the operation 'sendAndWait' alone; for every other one newer versions want
 * the token of the run, older ones nothing.
 */
export function resumeUrlOf(
	context: IExecuteFunctions,
	parameters: Record<string, string>,
): string | undefined {
	if (!('getSignedResumeUrl' in context)) return undefined;
	const url = new URL(context.getSignedResumeUrl(parameters));
	if (context.getNodeParameter('operation', 0) === 'sendAndWait') return url.href;
	const ofRun: unknown = context.getWorkflowDataProxy(0).$execution.resumeUrl;
	const token = parseUrl(String(ofRun))?.searchParams.get(SIGNATURE_PARAMETER);
	if (token) url.searchParams.set(SIGNATURE_PARAMETER, token);
	return url.href;
}
