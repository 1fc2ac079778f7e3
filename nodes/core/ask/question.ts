import type { CloudMessage } from '../messages/types';
import type { TemplateDefinition } from '../templates/definition';

import { writeReference, type Waiting } from './reference';

/** How a contact answers; the values of the parameter 'Response Type'. */
export type ResponseType =
	| 'address'
	| 'approval'
	| 'buttons'
	| 'flow'
	| 'freeText'
	| 'list'
	| 'location'
	| 'template';

/** Those that offer answers to tap. */
export const RESPONSE_TYPES_WITH_CHOICES: readonly ResponseType[] = [
	'approval',
	'buttons',
	'list',
	'template',
];

/** One answer that is offered. */
export interface Choice {
	/** The builder's own ID of it. */
	id: string;
	/** What the contact reads. */
	title: string;
}

/** How many characters WhatsApp takes (Meta: Interactive reply buttons, Interactive list messages). */
const MAX_BUTTON_ID = 256;
const MAX_ROW_ID = 200;

/** The payload of a quick reply: what the strictest of Meta's pages says. */
const MAX_PAYLOAD = 128;

/** The answers that a message offers, in their order. */
export function choicesOf(message: CloudMessage): Choice[] {
	if (message.type !== 'interactive') return [];
	const { interactive } = message;
	if (interactive.type === 'button') {
		return interactive.action.buttons.map(({ reply: { id, title } }) => ({ id, title }));
	}
	if (interactive.type === 'list') {
		const rows = interactive.action.sections.flatMap((section) => section.rows);
		return rows.map(({ id, title }) => ({ id, title }));
	}
	return [];
}

/**
 * The same message, each of whose answers carries its way back in the place of its ID; a form carries
 * it in its token, unless it has one already.
 */
export function withWayBack(message: CloudMessage, waiting: Waiting): CloudMessage {
	if (message.type !== 'interactive') return message;
	const choices = choicesOf(message);
	let place = 0;
	const next = (limit: number) => wayBack(waiting, choices[place].id, place++, limit);
	const { interactive } = message;
	if (interactive.type === 'button') {
		const buttons = interactive.action.buttons.map(({ reply, ...button }) => ({
			...button,
			reply: { ...reply, id: next(MAX_BUTTON_ID) },
		}));
		return { ...message, interactive: { ...interactive, action: { buttons } } };
	}
	if (interactive.type === 'list') {
		const sections = interactive.action.sections.map(({ rows, ...section }) => ({
			...section,
			rows: rows.map((row) => ({ ...row, id: next(MAX_ROW_ID) })),
		}));
		return {
			...message,
			interactive: { ...interactive, action: { ...interactive.action, sections } },
		};
	}
	if (interactive.type === 'flow') {
		const { action } = interactive;
		const flow_token = writeReference(waiting, '', MAX_ROW_ID);
		const parameters = { flow_token, ...action.parameters };
		return { ...message, interactive: { ...interactive, action: { ...action, parameters } } };
	}
	return message;
}

/** An answer's way back, with its own ID, or with its place where that is too long. */
function wayBack(waiting: Waiting, id: string, place: number, limit: number): string {
	const text = id.startsWith('#') ? '' : writeReference(waiting, id, limit);
	return text.endsWith(`.${id}`) ? text : writeReference(waiting, `#${place}`, limit);
}

/** A quick reply of a template. */
interface QuickReply {
	/** The ID of the field that holds its payload. */
	field: string;
	title: string;
}

/** The quick replies of a template, in their order; those of its cards are no answers to a question. */
export function quickRepliesOf({ components }: TemplateDefinition): QuickReply[] {
	const isButtons = ({ type }: { type: string }) => type.toUpperCase() === 'BUTTONS';
	const buttons = components.find(isButtons)?.buttons ?? [];
	return buttons.flatMap(({ type, text = '' }, index) =>
		type.toUpperCase() === 'QUICK_REPLY' ? [{ field: `button:${index}:payload`, title: text }] : [],
	);
}

/**
 * The answers that a template offers: with the payloads that were given as IDs, or else those of the
 * answers of the same name, or of the same place, in the message that it stands for.
 *
 * @param values of the template's fields, as entered
 * @param instead the answers of the message that it stands for, if it does
 */
export function templateChoices(
	definition: TemplateDefinition,
	values: Record<string, unknown>,
	instead: readonly Choice[],
): Choice[] {
	const replies = quickRepliesOf(definition);
	const isLike = replies.length === instead.length;
	return replies.map(({ field, title }, place) => {
		const given = values[field];
		const same = instead.find((choice) => choice.title === title);
		const id = same?.id ?? (isLike ? instead[place].id : title);
		return { id: typeof given === 'string' && given !== '' ? given : id, title };
	});
}

/** The payloads of a template's quick replies, each of which carries its way back. */
export function payloadsWithWayBack(
	definition: TemplateDefinition,
	choices: readonly Choice[],
	waiting: Waiting,
): Record<string, string> {
	return Object.fromEntries(
		quickRepliesOf(definition).map(({ field }, place) => [
			field,
			wayBack(waiting, choices[place].id, place, MAX_PAYLOAD),
		]),
	);
}

/** The answer that a tap's ID means; undefined for one that was not offered. */
export function choiceOf(choices: readonly Choice[], answerId: string): Choice | undefined {
	const [, place] = /^#(\d{1,2})$/.exec(answerId) ?? [];
	if (place !== undefined) return choices[Number(place)];
	return choices.find(({ id }) => id === answerId);
}

/** The answer that a contact has written in place of tapping it; capital letters make no difference. */
export function choiceNamed(choices: readonly Choice[], text: string): Choice | undefined {
	const words = (title: string) => title.trim().toLowerCase();
	return choices.find(({ title }) => words(title) === words(text));
}
