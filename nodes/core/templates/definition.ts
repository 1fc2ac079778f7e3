import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../isObject';

import { placeholdersOf } from './placeholders';

/** A button of a template. Meta adds fields over time, so unknown ones pass through. */
export interface ButtonDefinition {
	/** `URL`, `QUICK_REPLY`, `PHONE_NUMBER`, `COPY_CODE`, `OTP`, …; the letter case varies. */
	type: string;
	text?: string;
	/** Link with at most one placeholder, at its end. */
	url?: string;
	phone_number?: string;
	otp_type?: string;
	/** A text or a list of one text. For URL buttons the whole link or only its end. */
	example?: string | string[];
	[key: string]: unknown;
}

/** A component of a template, as Meta's template list returns it. */
export interface ComponentDefinition {
	/** `HEADER`, `BODY`, `FOOTER`, `BUTTONS`, `CAROUSEL`, …; the letter case varies. */
	type: string;
	/** Headers only: `TEXT`, `IMAGE`, `VIDEO`, `DOCUMENT`, `LOCATION`, … */
	format?: string;
	text?: string;
	example?: IDataObject;
	buttons?: ButtonDefinition[];
	/** Carousels only. */
	cards?: Array<{ components: ComponentDefinition[] }>;
	limited_time_offer?: { text?: string; has_expiration?: boolean };
	[key: string]: unknown;
}

/** A template as Meta's template list returns it (Meta: Message Templates API). */
export interface TemplateDefinition {
	id: string;
	name: string;
	/** Exact code: `en` is not `en_US`. */
	language: string;
	/** `APPROVED`, `PENDING`, `PAUSED`, …; only `APPROVED` may be sent (rule R38). */
	status: string;
	/** `MARKETING`, `UTILITY` or `AUTHENTICATION`. */
	category: string;
	/** `POSITIONAL` ({{1}}) or `NAMED` ({{first_name}}); the letter case varies, may be absent. */
	parameter_format?: string;
	components: ComponentDefinition[];
	quality_score?: { score: string; date?: number };
	rejected_reason?: string;
	[key: string]: unknown;
}

/**
 * A definition as the rest reads it, whatever a provider makes of Meta's: null stands for what is
 * absent, and texts and lists that must be there are there, if empty. Reading it again changes
 * nothing.
 */
export function readDefinition(given: object): TemplateDefinition {
	const definition = withoutNulls(given) as IDataObject;
	return {
		...definition,
		id: textOf(definition.id),
		name: textOf(definition.name),
		language: textOf(definition.language),
		status: textOf(definition.status),
		category: textOf(definition.category),
		components: componentsIn(definition.components),
	};
}

/** The text of a template's body; '' when it has none. */
export function bodyTextOf({ components }: TemplateDefinition): string {
	return components.find(({ type }) => type.toUpperCase() === 'BODY')?.text ?? '';
}

function componentsIn(list: unknown): ComponentDefinition[] {
	return objectsIn(list).map((component) => ({
		...component,
		type: textOf(component.type),
		...(component.buttons !== undefined && {
			buttons: objectsIn(component.buttons).map((button) => ({
				...button,
				type: textOf(button.type),
			})),
		}),
		...(component.cards !== undefined && {
			cards: objectsIn(component.cards).map((card) => ({
				...card,
				components: componentsIn(card.components),
			})),
		}),
	}));
}

function objectsIn(list: unknown): IDataObject[] {
	return Array.isArray(list) ? list.filter(isObject) : [];
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function withoutNulls(value: unknown): unknown {
	if (Array.isArray(value)) return value.filter(isThere).map(withoutNulls);
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, entry]) => isThere(entry))
			.map(([key, entry]) => [key, withoutNulls(entry)]),
	);
}

function isThere(value: unknown): boolean {
	return value !== null && value !== undefined;
}

/**
 * Whether the template's values go by name instead of by position. Without `parameter_format` the
 * placeholders tell: any that is not a number makes the template a named one.
 */
export function isNamed(definition: TemplateDefinition): boolean {
	const { parameter_format, components } = readDefinition(definition);
	if (parameter_format) return parameter_format.toUpperCase() === 'NAMED';
	const inCards = components.flatMap(({ cards = [] }) => cards.flatMap((card) => card.components));
	return [...components, ...inCards].some(({ text }) =>
		placeholdersOf(text).some((name) => /\D/.test(name)),
	);
}
