import { parseUrl } from '../parseUrl';

import { isTestAddress } from './address';

/** The workflow of a trigger. */
export interface WorkflowOfTrigger {
	/** '' where it is not known. */
	name: string;
	/** Where it opens in the editor. */
	url: string;
}

/** Finds the workflow of the trigger at an address; undefined where none is known there. */
export type FindWorkflow = (callbackUrl: string) => WorkflowOfTrigger | undefined;

/** Whose a callback is, and how it is given up; each a part of a sentence. */
export interface Owner {
	/** '' where it is on another server. */
	who: string;
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
			who: "a test in this n8n's editor",
			mend: 'End that test',
		};
	}
	const workflow = workflowAt(callbackUrl);
	if (workflow) {
		return {
			who: `${workflow.name ? `the workflow '${workflow.name}'` : 'another workflow'} of this n8n (${workflow.url})`,
			mend: 'Unpublish (deactivate) that workflow',
		};
	}
	const [id] = parseUrl(callbackUrl)!.pathname.split('/').slice(-2);
	return {
		who: 'another workflow of this n8n',
		mend: `Unpublish (deactivate) the workflow whose trigger has '${id}' in its Production URL, under Webhook URLs`,
	};
}

function isSameServer(url: string, other: string): boolean {
	const [one, two] = [parseUrl(url), parseUrl(other)];
	return one !== undefined && one.origin === two?.origin;
}
