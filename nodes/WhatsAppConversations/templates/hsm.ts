import { ofPayload } from '../../core/haptik/convert';
import type { Hsm } from '../../core/haptik/hsm';
import {
	definitionFrom,
	notesOn,
	templateWithText,
	valuesFor,
	wordToSearch,
} from '../../core/haptik/hsmTemplate';
import type { TemplateDefinition } from '../../core/templates/definition';
import { readTemplate } from '../../core/templates/readTemplate';
import type { Item } from '../run/item';

import { fillOptionsOf } from './chosen';
import { findApproved, findTemplate } from './definitions';
import { readyTemplate, type ReadyTemplate } from './readyTemplate';

/**
 * The template that an HSM stands for, with its values: by its definition where the provider tells
 * of it, else as far as the HSM does.
 *
 * @returns also a note for every part that has no counterpart
 * @throws InputError when there is no such template, it is not approved, or a value does not fit;
 * ProviderRefusal when the definition cannot be read
 */
export async function templateOfHsm(
	item: Item,
	hsm: Hsm,
): Promise<{ template: ReadyTemplate; notes: string[] }> {
	const definition = await definitionOf(item, hsm);
	const template = readTemplate(definition, fillOptionsOf(item));
	const values = ofPayload(() => valuesFor(template, hsm));
	return {
		template: await readyTemplate(item, { template, values }),
		notes: notesOn(definition, hsm),
	};
}

async function definitionOf({ session, provider }: Item, hsm: Hsm): Promise<TemplateDefinition> {
	const api = await session.api();
	const nowMs = session.now() * 1000;
	if (!api.capabilities.templateList) {
		return ofPayload(() => definitionFrom(hsm, provider.hasTemplateLanguages));
	}
	const { name, language } = hsm;
	if (name) return await findTemplate(api, { name, ...(language && { language }) }, nowMs);
	return templateWithText(await findApproved(api, wordToSearch(hsm), nowMs), hsm);
}
