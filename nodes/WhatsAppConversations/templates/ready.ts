import type { IDataObject, IExecuteFunctions, ResourceMapperValue } from 'n8n-workflow';

import {
	decide,
	type ContactState,
	type Decision,
	type Policy,
	type TemplateCategory,
} from '../../core/conversation/decide';
import { InputError } from '../../core/inputError';
import type { Recipient } from '../../core/messages/recipient';
import type { TemplateMessage } from '../../core/messages/types';
import { buildTemplate } from '../../core/templates/components';
import type { TemplateDefinition } from '../../core/templates/definition';
import type { FillOptions } from '../../core/templates/element';
import { mediaOf } from '../../core/templates/media';
import { previewOf } from '../../core/templates/preview';
import { refusalOf, requiresPhoneNumber } from '../../core/templates/usability';
import type { TypedTemplateNames } from '../descriptions/typedTemplate';
import {
	beforeUpload,
	binaryFileOf,
	knownFiles,
	uploadFiles,
	type Uploads,
} from '../files/binaryFile';
import { optionsOf } from '../input/parameters';
import { hintOnce } from '../run/hints';
import type { Session } from '../run/session';

import { findTemplate } from './definitions';
import { templateKeyOf } from './stored';
import { isTyped, typedTemplate } from './typed';

/** The parameters that choose and fill a template: those of an operation, or of the fallback. */
export interface TemplateParameters {
	template: string;
	fields: string;
	/** Of a template that was typed in. */
	typed: TypedTemplateNames;
}

/** A template with its values as entered. */
export interface ChosenTemplate {
	definition: TemplateDefinition;
	values: Record<string, unknown>;
	fill: FillOptions;
}

/** A template whose values were checked as far as they can be before anything is uploaded. */
export interface PreparedTemplate extends ChosenTemplate {
	/** Files of the incoming item, by field ID. */
	uploads: Uploads;
}

/** The template that the parameters choose, whatever its status, with the values as entered. */
export async function chosenTemplate(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	parameters: TemplateParameters,
): Promise<ChosenTemplate> {
	const fill = fillOptionsOf(context, i, session);
	if (isTyped(context, i, parameters.typed)) {
		return { ...typedTemplate(context, i, parameters.typed), fill };
	}
	const key = templateKeyOf(context, i, parameters.template);
	const definition = await findTemplate(await session.api(), key, session.now() * 1000);
	const mapper = context.getNodeParameter(parameters.fields, i) as ResourceMapperValue | undefined;
	const savedLabels = (mapper?.schema ?? []).map(({ id, displayName }) => [id, displayName]);
	return {
		definition,
		values: { ...mapper?.value },
		fill: { ...fill, savedLabels: Object.fromEntries(savedLabels) },
	};
}

/** How the values of a template are read and checked now. */
export function fillOptionsOf(
	context: IExecuteFunctions,
	i: number,
	session: Session,
): FillOptions {
	return {
		nowMs: session.now() * 1000,
		timeZone: context.getTimezone(),
		cleanUp: optionsOf(context, i).cleanUpValues === true,
		files: knownFiles(context, i),
	};
}

/**
 * The template that the parameters choose, as {@link prepareChosen}.
 *
 * @throws InputError, ProviderRefusal
 */
export async function prepareTemplate(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	parameters: TemplateParameters,
): Promise<PreparedTemplate> {
	return await prepareChosen(context, i, await chosenTemplate(context, i, session, parameters));
}

/**
 * @throws InputError when the template is not approved, a value does not fit, or a file cannot be
 * sent
 */
export async function prepareChosen(
	context: IExecuteFunctions,
	i: number,
	{ definition, values, fill }: ChosenTemplate,
): Promise<PreparedTemplate> {
	const refusal = refusalOf(definition);
	if (refusal) throw new InputError('Template', refusal.message, refusal.hint);

	const uploads: Uploads = {};
	for (const { id, label, kind, reference } of mediaOf(definition, values, fill)) {
		if (reference.kind !== 'binary') continue;
		uploads[id] = await binaryFileOf(context, i, reference.field, kind, label);
	}
	return { definition, values, fill, uploads };
}

/** What the rules say about this template to this contact. */
export function decideTemplate(
	{ definition }: PreparedTemplate,
	state: ContactState,
	policy: Policy,
	options: IDataObject,
	now: number,
): Decision {
	return decide(
		{ kind: 'template', category: categoryOf(definition, options) },
		state,
		policy,
		now,
	);
}

const CATEGORIES: TemplateCategory[] = ['marketing', 'utility', 'authentication'];

/** Meta's category; the option stands in where Meta gave none that is known here (rule T29). */
export function categoryOf(
	{ category }: TemplateDefinition,
	options: IDataObject,
): TemplateCategory {
	const known = (name: unknown) =>
		CATEGORIES.find((each) => each === String(name ?? '').toLowerCase());
	return known(category) ?? known(options.templateCategory) ?? 'unknown';
}

/** Whether somebody waits for the template: a one-time code is asked for, like an answer. */
export function isWaitedFor({ category }: TemplateDefinition): boolean {
	return String(category ?? '').toLowerCase() === 'authentication';
}

/** Uploads what has to be uploaded; returns the message to send. */
export async function completeTemplate(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	businessNumberId: string,
	{ definition, values, fill, uploads }: PreparedTemplate,
): Promise<TemplateMessage> {
	await warnOfUnknown(context, session, definition);
	const media = await uploadFiles(context, i, session, businessNumberId, uploads, 'template');
	return buildTemplate(definition, values, media, fill);
}

/** Says that nobody knows whether the provider carries a template of this category. */
async function warnOfUnknown(
	context: IExecuteFunctions,
	session: Session,
	definition: TemplateDefinition,
): Promise<void> {
	if (categoryOf(definition, {}) !== 'authentication') return;
	const { provider, capabilities } = await session.api();
	if (capabilities.authenticationTemplates) return;
	hintOnce(
		context,
		`${provider} does not say whether it carries authentication templates. Look at the statuses of the first codes, or send codes through Meta.`,
	);
}

/** The template as the contact will read it, with the names of its files. */
export function previewPrepared({ definition, values, fill, uploads }: PreparedTemplate) {
	return previewOf(definition, values, beforeUpload(uploads), fill);
}

/**
 * Where a template can go: authentication codes go to phone numbers only, so a user ID is replaced
 * by the contact's number where that is known (rule T32).
 */
export function recipientFor(
	definition: TemplateDefinition,
	recipient: Recipient,
	knownPhone: string | undefined,
): Recipient {
	if (recipient.kind === 'phone' || !requiresPhoneNumber(definition)) return recipient;
	if (knownPhone) return { kind: 'phone', phone: knownPhone };
	throw new InputError(
		'To',
		"This template can be sent to a phone number only, and 'To' is a user ID.",
		'Ask the contact for the number.',
	);
}
