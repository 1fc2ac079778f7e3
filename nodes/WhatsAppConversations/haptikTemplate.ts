import type { IExecuteFunctions } from 'n8n-workflow';

import { ofPayload } from '../core/haptik/convert';
import type { Hsm } from '../core/haptik/hsm';
import {
	definitionFrom,
	notesOn,
	templateWithText,
	valuesFor,
	wordToSearch,
} from '../core/haptik/hsmTemplate';
import type { TemplateDefinition } from '../core/templates/definition';
import { providerOf } from '../shared/provider';

import type { Session } from './session';
import { findApproved, findTemplate } from './templateDefinitions';
import { fillOptionsOf, prepareChosen, type PreparedTemplate } from './templateMessage';

/**
 * The template that an HSM stands for, with its values: by its definition where the provider tells
 * of it, else as far as the HSM does.
 *
 * @returns also a note for every part that has no counterpart
 * @throws InputError when there is no such template, it is not approved, or a value does not fit;
 * ProviderRefusal when the definition cannot be read
 */
export async function prepareHsm(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	hsm: Hsm,
): Promise<{ prepared: PreparedTemplate; notes: string[] }> {
	const definition = await definitionOf(context, session, hsm);
	const values = ofPayload(() => valuesFor(definition, hsm));
	const fill = fillOptionsOf(context, i, session);
	const prepared = await prepareChosen(context, i, { definition, values, fill });
	return { prepared, notes: notesOn(definition, hsm) };
}

async function definitionOf(
	context: IExecuteFunctions,
	session: Session,
	hsm: Hsm,
): Promise<TemplateDefinition> {
	const api = await session.api();
	const nowMs = session.now() * 1000;
	if (!api.capabilities.templateList) {
		const { hasTemplateLanguages } = providerOf(context);
		return ofPayload(() => definitionFrom(hsm, hasTemplateLanguages));
	}
	const { name, language } = hsm;
	if (name) return await findTemplate(api, { name, ...(language && { language }) }, nowMs);
	return templateWithText(await findApproved(api, wordToSearch(hsm), nowMs), hsm);
}
