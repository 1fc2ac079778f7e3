import { GraphError, invalidParameter } from './errors';
import { isHttpsLink, type MediaExists } from './mediaRules';
import { checkOrderDetails } from './orderRules';
import type { Json, Template } from './types';

/** A part of a template's definition. */
interface Definition {
	type: string;
	format?: string;
	text?: string;
	buttons?: Array<{ type: string; text?: string; url?: string }>;
	cards?: Array<{ components: Definition[] }>;
	limited_time_offer?: { has_expiration?: boolean };
}

/** A part of a template message. */
interface Component {
	type?: string;
	sub_type?: string;
	index?: string | number;
	parameters?: Parameter[];
	cards?: Array<{ card_index?: number; components?: Component[] }>;
}

interface Parameter {
	type?: string;
	text?: unknown;
	parameter_name?: string;
	[kind: string]: unknown;
}

/** What the checks of all parts share. */
interface Context {
	named: boolean;
	authentication: boolean;
	mediaExists: MediaExists;
}

const SENDABLE = ['header', 'body', 'button', 'carousel', 'limited_time_offer'];
const SENDABLE_WITHOUT_CHECK = ['tap_target_configuration', 'order_status'];

/** `sub_type` of each button that takes a parameter, and whether the parameter must be there. */
const BUTTONS: Record<string, { subType: string; required: boolean }> = {
	URL: { subType: 'url', required: true },
	QUICK_REPLY: { subType: 'quick_reply', required: false },
	COPY_CODE: { subType: 'copy_code', required: true },
	OTP: { subType: 'url', required: true },
	FLOW: { subType: 'flow', required: true },
	CATALOG: { subType: 'catalog', required: false },
	MPM: { subType: 'mpm', required: true },
	VOICE_CALL: { subType: 'voice_call', required: false },
	ORDER_DETAILS: { subType: 'order_details', required: true },
};

/**
 * Checks that the components of a template message fit the template (Meta: Template components).
 * @throws GraphError 100, 131008, 132000, 132005, 132012 or 132018
 */
export function checkTemplate(template: Template, sent: unknown, mediaExists: MediaExists): void {
	if (sent !== undefined && !Array.isArray(sent)) {
		throw invalidParameter("Param template['components'] must be an array.");
	}
	const context: Context = {
		named: template.parameter_format.toUpperCase() === 'NAMED',
		authentication: template.category.toUpperCase() === 'AUTHENTICATION',
		mediaExists,
	};
	const definitions = template.components as unknown as Definition[];
	checkComponents(definitions, (sent ?? []) as Component[], context);
}

/** Whether the template has a one-tap, zero-tap or copy-code button for a one-time password. */
export function needsPhoneNumber(template: Template): boolean {
	const definitions = template.components as unknown as Definition[];
	return definitions.some(({ buttons }) => buttons?.some(({ type }) => upper(type) === 'OTP'));
}

function checkComponents(definitions: Definition[], sent: Component[], context: Context): void {
	for (const { type } of sent) {
		if (!SENDABLE.includes(lower(type)) && !SENDABLE_WITHOUT_CHECK.includes(lower(type))) {
			throw invalidParameter(
				`Param template['components'][0]['type'] must be one of {${SENDABLE.join(', ')}} - got "${type}".`,
			);
		}
	}
	const definitionOf = (type: string) => definitions.find((part) => upper(part.type) === type);
	const parametersOf = (type: string) =>
		sent.find((part) => lower(part.type) === type)?.parameters ?? [];

	checkHeader(definitionOf('HEADER'), parametersOf('header'), context);
	checkBody(definitionOf('BODY'), parametersOf('body'), context);
	checkButtons(
		definitionOf('BUTTONS')?.buttons ?? [],
		sent.filter((part) => lower(part.type) === 'button'),
	);
	checkOffer(definitionOf('LIMITED_TIME_OFFER'), parametersOf('limited_time_offer'));
	checkCarousel(
		definitionOf('CAROUSEL'),
		sent.find((part) => lower(part.type) === 'carousel'),
		context,
	);
}

function checkHeader(
	definition: Definition | undefined,
	parameters: Parameter[],
	context: Context,
): void {
	const format = upper(definition?.format ?? 'TEXT');
	if (format === 'TEXT') {
		checkTexts('header', definition?.text ?? '', parameters, 60, context);
		return;
	}
	if (parameters.length !== 1 || upper(parameters[0].type) !== format) {
		const received = parameters.length ? upper(parameters[0].type) : 'UNKNOWN';
		throw new GraphError(132012, {
			details: `header: Format mismatch, expected ${format}, received ${received}`,
		});
	}
	const kind = lower(format);
	const value = (parameters[0][kind] ?? {}) as Json;
	if (kind === 'location') {
		if (value.latitude === undefined || value.longitude === undefined) {
			throw new GraphError(132012, { details: 'header: location needs latitude and longitude' });
		}
	} else if (kind !== 'product') {
		checkHeaderMedia(kind, value, context.mediaExists);
	}
}

function checkHeaderMedia(kind: string, { id, link }: Json, mediaExists: MediaExists): void {
	if (id !== undefined) {
		if (mediaExists(String(id))) return;
		throw invalidParameter(
			`Param template['components'][0]['parameters'][0]['${kind}']['id'] is not a valid whatsapp business account media attachment ID`,
		);
	}
	if (!isHttpsLink(link)) {
		throw new GraphError(132012, {
			details: `header: ${kind} needs the id of an uploaded file or an https link`,
		});
	}
}

function checkBody(
	definition: Definition | undefined,
	parameters: Parameter[],
	context: Context,
): void {
	// Meta writes the text of an authentication template itself; it always takes the code.
	const text = definition?.text ?? (context.authentication ? '{{1}}' : '');
	checkTexts('body', text, parameters, 1024, context);
}

/** Count, names and texts of the parameters of a header or body, and the length when filled in. */
function checkTexts(
	part: string,
	text: string,
	parameters: Parameter[],
	limit: number,
	{ named }: Context,
): void {
	const names = [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name))];
	if (!named) names.sort((one, other) => Number(one) - Number(other));
	if (parameters.length !== names.length) {
		throw new GraphError(132000, {
			details: `${part}: number of localizable_params (${parameters.length}) does not match the expected number of params (${names.length})`,
		});
	}
	const values = new Map<string, string>();
	parameters.forEach((parameter, index) => {
		if (named && !parameter.parameter_name) {
			throw invalidParameter('Invalid parameter', 'Parameter name is missing or empty');
		}
		const name = named ? String(parameter.parameter_name) : names[index];
		if (!names.includes(name) || values.has(name)) {
			throw new GraphError(132012, {
				details: `${part}: parameter name '${name}' does not fit the template's ${names.join(', ')}`,
			});
		}
		values.set(name, textOf(parameter));
	});
	const filled = text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => values.get(name) ?? '');
	if ([...filled].length > limit) {
		throw new GraphError(132005, {
			details: `${part}: Translated text too long. Max length: ${limit}`,
		});
	}
}

/** The text that a parameter puts in. */
function textOf({ type, text, currency, date_time: dateTime }: Parameter): string {
	const structured = { currency, date_time: dateTime }[String(type)] as Json | undefined;
	if (type !== 'text' && !structured) {
		throw new GraphError(132012, {
			details: `Format mismatch, expected TEXT, received ${upper(type)}`,
		});
	}
	const value = structured ? structured.fallback_value : text;
	if (value === undefined || value === null || value === '') {
		throw new GraphError(131008, { details: `Parameter of type ${type} is missing text value` });
	}
	if (typeof value !== 'string') {
		throw invalidParameter(
			"Param template['components'][0]['parameters'][0]['text'] must be a string.",
		);
	}
	if (/[\n\r\t]| {5}/.test(value)) {
		throw new GraphError(132018, {
			details: 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces',
		});
	}
	return value;
}

function checkButtons(definitions: NonNullable<Definition['buttons']>, sent: Component[]): void {
	const byIndex = new Map<number, Component>();
	for (const button of sent) {
		const index = Number(button.index ?? NaN);
		const definition = definitions[index];
		if (!definition || byIndex.has(index)) {
			throw new GraphError(132018, {
				details: `buttons: Button index ${button.index} does not fit the template`,
			});
		}
		const expected = BUTTONS[upper(definition.type)]?.subType;
		if (lower(button.sub_type) !== expected) {
			throw new GraphError(132012, {
				details: `buttons: Button at index ${index} is of type ${definition.type}, received ${button.sub_type}`,
			});
		}
		byIndex.set(index, button);
	}
	definitions.forEach((definition, index) => checkButton(definition, index, byIndex.get(index)));
}

function checkButton(
	{ type, url }: { type: string; url?: string },
	index: number,
	sent: Component | undefined,
): void {
	const kind = upper(type);
	const name = `Button at index ${index} of type ${kind[0]}${kind.slice(1).toLowerCase()}`;
	const parameter = sent?.parameters?.[0];
	if (kind === 'URL' && !url?.includes('{{')) {
		if (!sent) return;
		throw new GraphError(132018, { details: `buttons: ${name} does not take a parameter` });
	}
	if (!parameter) {
		if (!BUTTONS[kind]?.required) return;
		throw new GraphError(131008, { details: `buttons: ${name} requires a parameter` });
	}
	if (kind === 'URL' || kind === 'OTP') {
		const value = textOf(parameter);
		if (kind === 'OTP' && value.length > 15) {
			throw new GraphError(132005, { details: `buttons: ${name}: the code is too long` });
		}
		if (kind === 'URL' && isBroken(url ?? '', value)) {
			throw new GraphError(132012, { details: `buttons: ${name}: the link is broken` });
		}
	}
	const needed = {
		QUICK_REPLY: 'payload',
		COPY_CODE: 'coupon_code',
		FLOW: 'action',
		MPM: 'action',
		ORDER_DETAILS: 'action',
	}[kind];
	if (needed && (parameter.type !== needed || !parameter[needed])) {
		throw new GraphError(132012, {
			details: `buttons: ${name} needs a parameter of type ${needed}`,
		});
	}
	if (kind === 'ORDER_DETAILS') {
		checkOrderDetails(((parameter.action as Json).order_details ?? {}) as Json);
	}
}

/**
 * Whether who taps the button gets nowhere. Meta documents no such check; what it lets through would
 * reach people, so here it is as strict as they are.
 */
function isBroken(url: string, end: string): boolean {
	const [fixed] = url.split('{{');
	const link = fixed + end;
	const beyondHost = link.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
	return beyondHost.includes('//') || /https?:/i.test(beyondHost);
}

function checkOffer(definition: Definition | undefined, parameters: Parameter[]): void {
	if (!definition?.limited_time_offer?.has_expiration) return;
	const offer = parameters[0]?.limited_time_offer as Json | undefined;
	if (offer?.expiration_time_ms === undefined) {
		throw new GraphError(131008, {
			details: 'limited_time_offer: expiration_time_ms is required',
		});
	}
}

function checkCarousel(
	definition: Definition | undefined,
	sent: Component | undefined,
	context: Context,
): void {
	const expected = definition?.cards ?? [];
	const cards = sent?.cards ?? [];
	if (cards.length !== expected.length) {
		throw new GraphError(132000, {
			details: `carousel: number of cards (${cards.length}) does not match the expected number of cards (${expected.length})`,
		});
	}
	expected.forEach(({ components }, index) => {
		const card = cards.find(({ card_index: at }) => Number(at) === index);
		checkComponents(components, card?.components ?? [], context);
	});
}

function upper(text: unknown): string {
	return String(text ?? 'UNKNOWN').toUpperCase();
}

function lower(text: unknown): string {
	return String(text ?? '').toLowerCase();
}
