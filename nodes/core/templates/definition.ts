import type { IDataObject } from 'n8n-workflow';

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
 * Whether the template's values go by name instead of by position. Without `parameter_format` the
 * placeholders tell: any that is not a number makes the template a named one.
 */
export function isNamed({ parameter_format, components }: TemplateDefinition): boolean {
	if (parameter_format) return parameter_format.toUpperCase() === 'NAMED';
	const inCards = components.flatMap(({ cards = [] }) => cards.flatMap((card) => card.components));
	return [...components, ...inCards].some(({ text }) =>
		placeholdersOf(text).some((name) => /\D/.test(name)),
	);
}
