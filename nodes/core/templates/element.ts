import type { IDataObject } from 'n8n-workflow';

import type { MediaReference } from '../messages/types';

import type { KnownFiles } from './mediaReference';

/** What a header may show. */
export type HeaderMediaKind = 'image' | 'video' | 'document';

/** One value that the user gives for a template. */
export interface TemplateField {
	/** Stable and readable: `body:1`, `body:first_name`, `button:0:payload`, `header:media`, … */
	id: string;
	/** Its name in errors, short: `{{1}}`, `first_name`, `Link: Track order`. */
	label: string;
	/**
	 * What the editor shows where that is more than the label. It cuts after about 25 characters, so what
	 * tells a field best goes first: the words around a placeholder.
	 */
	title?: string;
	required: boolean;
	type: 'string' | 'number' | 'dateTime' | 'options';
	/** What there is to choose from, with the type `options`. */
	choices?: Array<{ name: string; value: string }>;
	/** The sample value from the template's definition. */
	example?: string;
	defaultValue?: string;
	hint?: string;
	/** Set when the value names a file: what kind of file is wanted. */
	media?: HeaderMediaKind;
	/** WhatsApp refuses line breaks, tabs and long runs of spaces in the value. */
	oneLine?: true;
	/**
	 * What the value may be besides a text; it is then kept as JSON. `localizable`: Meta's currency
	 * or date and time (localizable.ts); `json`: an object or a list.
	 */
	accepts?: 'localizable' | 'json';
}

/** How values are read and checked. */
export interface FillOptions {
	/** The present, in epoch milliseconds. Without it, an offer that has ended is not noticed. */
	nowMs?: number;
	/** IANA name of the zone of points in time that name none, such as `Europe/Berlin`. */
	timeZone?: string;
	/** Replaces the white space that WhatsApp refuses, instead of refusing the value. */
	cleanUp?: boolean;
	/** Takes values for Markdown, and writes them in one line with WhatsApp's formats. */
	markdown?: boolean;
	/** What the name of a file may be, where that is known. */
	files?: KnownFiles;
	/** The labels under which values were entered, by field ID: names fields that are gone. */
	savedLabels?: Record<string, string>;
}

/** The user's values by field ID, checked: no value is empty, absent ones have no key. */
export type Values = Record<string, string>;

/** A file that Meta can fetch, and the name that a document is shown under. */
export type MediaFile = MediaReference & { filename?: string };

/** What the media fields' files became, by field ID (`header:media`). */
export type ResolvedMedia = Partial<Record<string, MediaFile>>;

/** A component of a template message, as Meta's send endpoint wants it. */
export interface TemplateComponent {
	type: string;
	sub_type?: string;
	/** Position in the template's list of buttons. */
	index?: string;
	parameters?: IDataObject[];
	cards?: Array<{ card_index: number; components: TemplateComponent[] }>;
}

export interface ButtonPreview {
	/** Meta's button type. */
	type: string;
	text: string;
	url?: string;
	/** What the button copies. */
	code?: string;
}

/** A filled template as the contact will read it. Absent parts are ''. */
export interface TemplatePreview {
	header: string;
	body: string;
	footer: string;
	buttons: ButtonPreview[];
	/** Carousels only. */
	cards?: TemplatePreview[];
	/** The whole as plain text. */
	text: string;
}

/**
 * What an element needs to know of the template around it. A card of a carousel is a small template
 * of its own, with its own IDs and limits.
 */
export interface ElementContext extends Pick<FillOptions, 'nowMs' | 'timeZone' | 'files'> {
	category: string;
	/** Values go by name (`parameter_name`) instead of by position. */
	named: boolean;
	/** An authentication template whose button carries the one-time code. */
	otp: boolean;
	/** Put before each field ID: '' or `card:0:`. */
	idPrefix: string;
	/** Put before each label: '' or 'Card 1 · '. */
	labelPrefix: string;
	/** Longest body after filling, in characters. */
	bodyLimit: number;
}

/** One header, body, footer or button of a template: what to ask for it, and how to send it. */
export interface Element {
	fields: TemplateField[];
	/** Checks the rules of the element's own values. @throws InputError */
	check?(values: Values): void;
	/** What must be sent; nothing for static elements. */
	components(values: Values, media: ResolvedMedia): TemplateComponent[];
	/** Shows what is known; never throws. */
	preview(values: Values, media: ResolvedMedia): Partial<TemplatePreview>;
	/** Set when the element cannot be filled: what it is, with its article, and why. */
	unsupported?: string;
}

/** Asks for values of one button, each a text that may be left out. */
export function buttonFields(text: string, index: number, context: ElementContext) {
	return (key: string, label: string, hint: string): TemplateField => ({
		id: `${context.idPrefix}button:${index}:${key}`,
		label: `${context.labelPrefix}${label}: ${text}`,
		required: false,
		type: 'string',
		hint,
	});
}

/** An element without values, such as a footer or a phone button. */
export function staticElement(preview: Partial<TemplatePreview> = {}): Element {
	return { fields: [], components: () => [], preview: () => preview };
}
