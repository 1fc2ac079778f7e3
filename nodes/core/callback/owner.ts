import { parseUrl } from '../parseUrl';

import { isTestAddress } from './address';

/** Where the workflow of a trigger opens in the editor; undefined where no trigger is known there. */
export type FindWorkflow = (callbackUrl: string) => string | undefined;

/** Whose a callback is, and how it is given up; each a part of a sentence or a whole one. */
export interface Owner {
	/** '' where it is on another server. */
	who: string;
	/** Without its full stop. */
	mend: string;
}

/**
 * Whose a taken callback is, as far as it can be told from inside n8n: most often it is another
 * workflow of the same one.
 *
 * @param ownUrl an address of this n8n's triggers
 */
export function ownerOf(
	callbackUrl: string,
	ownUrl: string,
	workflowAt: FindWorkflow = () => undefined,
): Owner {
	if (!isSameServer(callbackUrl, ownUrl)) {
		return { who: '', mend: 'Unpublish (deactivate) the workflow or stop the tool that uses it' };
	}
	if (isTestAddress(callbackUrl)) {
		return {
			who: 'It is the test address of a trigger of this very n8n.',
			mend: 'End the test in the editor',
		};
	}
	const workflow = workflowAt(callbackUrl);
	if (workflow) {
		return {
			who: `It belongs to a workflow of this very n8n: ${workflow}.`,
			mend: 'Unpublish (deactivate) that workflow',
		};
	}
	const [id] = parseUrl(callbackUrl)!.pathname.split('/').slice(-2);
	return {
		who: 'It belongs to a workflow of this very n8n.',
		mend: `Look for the workflow whose trigger has '${id}' in its Production URL, under Webhook URLs, and unpublish (deactivate) it`,
	};
}

function isSameServer(url: string, other: string): boolean {
	const [one, two] = [parseUrl(url), parseUrl(other)];
	return one !== undefined && one.origin === two?.origin;
}
