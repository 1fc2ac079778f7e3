import { placeholdersOf } from '../placeholders';

import type { TemplateDraft } from './draft';

/** Meta has refused texts with fewer fixed words per placeholder (Meta: code 2388293). */
const WORDS_PER_PLACEHOLDER = 3;

/**
 * What Meta's review often refuses though it is no fixed rule (Meta: Template review): sentences for
 * the user, none when nothing is suspicious.
 */
export function adviceFor({ body = '' }: Pick<TemplateDraft, 'body'>): string[] {
	const names = placeholdersOf(body);
	const words = body.replace(/\{\{\s*\w+\s*\}\}/g, ' ').match(/[\p{L}\p{N}]+/gu) ?? [];
	const advice: string[] = [];
	if (words.length <= WORDS_PER_PLACEHOLDER * names.length && names.length > 0) {
		advice.push(
			`The body has few words for its placeholders (words: ${words.length}, placeholders: ${names.length}). Meta often refuses such texts: add words, or use fewer placeholders.`,
		);
	}
	if (/\}\}\s*\{\{/.test(body)) {
		advice.push(
			'The body has placeholders side by side. Meta often refuses such texts: put words between them.',
		);
	}
	return advice;
}
