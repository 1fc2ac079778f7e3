import type { IDataObject } from 'n8n-workflow';

import type { GraphError } from '../transport/errors';

import type { SetupFacts } from './facts';

/** `notChecked`: Meta gives no means to know, or did not answer. */
export type Status = 'ok' | 'warning' | 'failed' | 'notChecked';

/** What one check makes of the facts. */
export interface Verdict {
	status: Status;
	/** What was found; a sentence or two. */
	what: string;
	/** How to mend it; '' where nothing is to be mended. */
	how: string;
	/** What the sentences are about, for workflows that go on with it. */
	details: IDataObject;
}

export type Rule = (facts: SetupFacts) => Verdict;

export function ok(what: string, details: IDataObject = {}): Verdict {
	return { status: 'ok', what, how: '', details };
}

export function warning(what: string, how: string, details: IDataObject = {}): Verdict {
	return { status: 'warning', what, how, details };
}

export function failed(what: string, how: string, details: IDataObject = {}): Verdict {
	return { status: 'failed', what, how, details };
}

export function notChecked(what: string, how = '', details: IDataObject = {}): Verdict {
	return { status: 'notChecked', what, how, details };
}

/** For a question that Meta refused, where the refusal says nothing about the check itself. */
export function notAnswered({ kind, code, message, details, hint }: GraphError): Verdict {
	if (kind === 'auth') {
		return notChecked(
			'Meta tells nothing as long as it does not accept the token.',
			"Mend what 'Access Token' and 'Meta App' say first, then check again.",
		);
	}
	return notChecked(`Meta did not tell: ${wordsOf({ message, details })}`, hint, { code });
}

/** What a refusal means, then Meta's own words. */
export function wordsOf({ message, details }: Pick<GraphError, 'message' | 'details'>): string {
	return details && details !== message ? `${message} (${details})` : message;
}
