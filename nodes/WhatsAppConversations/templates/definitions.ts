import { InputError } from '../../core/inputError';
import type { TemplateDefinition } from '../../core/templates/definition';
import type { TemplateKey } from '../../core/templates/templateKey';
import type { TemplateQuery, Transport } from '../../core/transport/transport';

/** Meta allows few list requests an hour, and definitions seldom change. */
const KEPT_MS = 10 * 60_000;
const MOST_KEPT = 500;

/** Definitions by account and name, shared by all executions of the process. */
const kept = new Map<string, { until: number; definitions: Promise<TemplateDefinition[]> }>();

/**
 * The definition of a template.
 *
 * @param nowMs epoch milliseconds
 * @throws InputError when the account has no such template, or has it in several languages and
 * none was named; ProviderRefusal
 */
export async function findTemplate(
	api: Transport,
	{ name, language }: TemplateKey,
	nowMs: number,
): Promise<TemplateDefinition> {
	const definitions = await keptDefinitions(
		keyOf(api, name),
		nowMs,
		async () => await listDefinitions(api, name),
	);
	const found = definitions.filter((definition) => !language || definition.language === language);
	if (found.length === 1) return found[0];

	const languages = definitions.map((definition) => `'${definition.language}'`).join(', ');
	if (found.length > 1) {
		throw new InputError(
			'Template',
			`'Template' holds '${name}', which exists in several languages: ${languages}.`,
			`Name the language too, e.g. '${name}|${found[0].language}'.`,
		);
	}
	throw new InputError(
		'Template',
		languages
			? `Template '${name}' does not exist in the language '${language}'.`
			: `'Template' names '${name}', which the business account does not have.`,
		languages
			? `Choose it from the list in one of its languages: ${languages}.`
			: 'Choose a template from the list, or correct its name.',
	);
}

/**
 * The approved templates in which a word occurs.
 *
 * @param nowMs epoch milliseconds
 * @throws ProviderRefusal
 */
export async function findApproved(
	api: Transport,
	word: string,
	nowMs: number,
): Promise<TemplateDefinition[]> {
	// No name has a space.
	const key = keyOf(api, `with the word ${word}`);
	return await keptDefinitions(key, nowMs, async () => await listApproved(api, word));
}

/** Forgets a template of which Meta says otherwise than we believed. */
export function forgetTemplate(api: Transport, name: string): void {
	kept.delete(keyOf(api, name));
}

async function keptDefinitions(
	key: string,
	nowMs: number,
	list: () => Promise<TemplateDefinition[]>,
): Promise<TemplateDefinition[]> {
	const known = kept.get(key);
	if (known && nowMs < known.until) return await known.definitions;

	if (kept.size >= MOST_KEPT) kept.clear();
	const definitions = list();
	kept.set(key, { until: nowMs + KEPT_MS, definitions });
	// What is missing may be created any moment, and what could not be read is asked for again.
	const forget = () => kept.delete(key);
	void definitions.then((found) => found.length > 0 || forget(), forget);
	return await definitions;
}

/** A provider's filter may also find names that only contain this one, and so fill many pages. */
async function listDefinitions(api: Transport, name: string): Promise<TemplateDefinition[]> {
	const entries = await listAll(api, { name });
	return entries.filter((definition) => definition.name === name);
}

async function listApproved(api: Transport, search: string): Promise<TemplateDefinition[]> {
	return await listAll(api, { status: 'APPROVED', search });
}

async function listAll(api: Transport, query: TemplateQuery): Promise<TemplateDefinition[]> {
	const found: TemplateDefinition[] = [];
	let after: string | undefined;
	do {
		const page = await api.listTemplates({ ...query, ...(after && { after }) });
		found.push(...page.entries);
		// Whoever does not know the cursor gives the same page for ever.
		after = page.next === after ? undefined : page.next;
	} while (after);
	return found;
}

function keyOf(api: Transport, name: string): string {
	return `${api.templateScope}/${name}`;
}
