import type { Json, Template } from '../types';

interface Part extends Json {
	type: string;
	format?: string;
	text?: string;
	buttons?: Array<Json & { type: string; text?: string; url?: string }>;
	cards?: Array<{ components: Part[] }>;
}

interface Filled extends Json {
	type?: string;
	index?: string | number;
	parameters?: Json[];
	cards?: Array<{ card_index?: number; components?: Filled[] }>;
}

/** A template as its reader sees it: header, body, footer, buttons and cards, with all values. */
export function renderTemplate(template: Template, sent: Json[] = []): Json {
	return renderParts(template.components as Part[], sent as Filled[]);
}

function renderParts(parts: Part[], sent: Filled[]): Json {
	const part = (type: string) => parts.find((one) => is(one.type, type));
	const valuesOf = (type: string) => sent.find((one) => is(one.type, type))?.parameters ?? [];
	const header = part('HEADER');
	// Meta writes the text of an authentication template itself.
	const body = part('BODY');
	const cards = part('CAROUSEL')?.cards;
	const sentCards = sent.find((one) => is(one.type, 'CAROUSEL'))?.cards;
	return {
		header: header && renderHeader(header, valuesOf('HEADER')),
		body: body && fill(body.text ?? '*{{1}}* is your verification code.', valuesOf('BODY')),
		footer: part('FOOTER')?.text,
		buttons: part('BUTTONS')?.buttons?.map((button, index) => ({
			type: button.type.toUpperCase(),
			text: button.text ?? button.type,
			...renderButton(
				button,
				sent.find((one) => is(one.type, 'BUTTON') && Number(one.index) === index)?.parameters?.[0],
			),
		})),
		cards: cards?.map(({ components }, index) =>
			renderParts(
				components,
				sentCards?.find((card) => Number(card.card_index) === index)?.components ?? [],
			),
		),
	};
}

function renderHeader({ format = 'TEXT', text = '' }: Part, values: Json[]): Json {
	const type = format.toLowerCase();
	return type === 'text'
		? { type, text: fill(text, values) }
		: { type, [type]: values[0]?.[type] ?? {} };
}

function renderButton(button: Json & { url?: string }, value: Json | undefined): Json {
	const bill = (value?.action as Json | undefined)?.order_details;
	return {
		...(button.url && { url: fill(button.url, value ? [value] : []) }),
		...(button.phone_number !== undefined && { phone: button.phone_number }),
		...(value?.coupon_code !== undefined && { code: value.coupon_code }),
		...(bill !== undefined && { bill }),
	};
}

/** Puts the values in, by name or by position. What has no value stays as it is. */
function fill(text: string, values: Json[]): string {
	return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (placeholder, name: string) => {
		const value =
			values.find(({ parameter_name: named }) => named === name) ?? values[Number(name) - 1];
		const structured = value && (value[String(value.type)] as Json | undefined);
		return String(value?.text ?? structured?.fallback_value ?? placeholder);
	});
}

function is(type: unknown, wanted: string): boolean {
	return String(type).toUpperCase() === wanted;
}
