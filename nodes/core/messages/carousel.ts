import { entriesOf, refuseRepeats } from '../input/entries';
import { optionalText } from '../input/text';
import { InputError } from '../inputError';

import { interactive, partsOf } from './interactive';
import { linkButton, type LinkButtonInput } from './linkButton';
import { mediaReference, type MediaSource } from './media';
import { replyButton, type ReplyButtonInput } from './replyButtons';
import type { CarouselCard, CarouselMessage } from './types';

/** Limits (Meta: Interactive media carousel messages); texts in characters. */
const MIN_CARDS = 2;
const MAX_CARDS = 10;
const MAX_CARD_BODY = 160;
const MAX_CARD_LINE_BREAKS = 2;

/** Meta names no limit; public client libraries allow this many. */
const MAX_CARD_BUTTONS = 3;

export type CarouselCardInput = {
	header: { type: 'image' | 'video'; source: MediaSource };
	/** At most 160 characters and 2 line breaks. */
	body?: unknown;
} & (LinkButtonInput | { /** 1 to 3. */ buttons: ReplyButtonInput[] });

export interface CarouselInput {
	body: unknown;
	/** 2 to 10, all with one link, or all with the same number of buttons. */
	cards: CarouselCardInput[];
}

function cardBody(value: unknown, where: string): string | undefined {
	const text = optionalText('Card Text', value, MAX_CARD_BODY, where);
	const lineBreaks = text?.match(/\r\n|\n|\r/g)?.length ?? 0;
	if (lineBreaks <= MAX_CARD_LINE_BREAKS) return text;
	throw new InputError(
		'Card Text',
		`${where}'Card Text' has ${lineBreaks} line breaks; WhatsApp allows at most ${MAX_CARD_LINE_BREAKS}.`,
		'Remove line breaks, also those at the end.',
	);
}

function cardAction(card: CarouselCardInput, place: string): CarouselCard['action'] {
	if (!('buttons' in card)) return linkButton(card, `${place}: `);
	const buttons = entriesOf('Buttons', card.buttons, [1, MAX_CARD_BUTTONS], `${place}: `);
	return {
		buttons: buttons.map((button, index) => ({
			type: 'quick_reply',
			quick_reply: replyButton(button, `${place}, button ${index + 1}`),
		})),
	};
}

function cardOf(card: CarouselCardInput, index: number): CarouselCard {
	const place = `Card ${index + 1}`;
	const { type, source } = card.header;
	const text = cardBody(card.body, `${place}: `);
	return {
		card_index: index,
		// So in all of Meta's examples, also above buttons that send an answer.
		type: 'cta_url',
		header: { type, [type]: mediaReference(source, `${place}: `) } as CarouselCard['header'],
		...(text !== undefined && { body: { text } }),
		action: cardAction(card, place),
	};
}

/** How many answers a card offers; none with a link. */
function buttonsOn({ action }: CarouselCard) {
	return 'buttons' in action ? action.buttons.map(({ quick_reply }) => quick_reply) : [];
}

function refuseDifferentButtons(cards: CarouselCard[]): void {
	const first = buttonsOn(cards[0]).length;
	const other = cards.findIndex((card) => buttonsOn(card).length !== first);
	if (other < 0) return;
	const name = (count: number) => (count === 0 ? 'a link' : `${count} of them`);
	throw new InputError(
		'Buttons',
		`Card ${other + 1}: 'Buttons' has ${name(buttonsOn(cards[other]).length)}, but on card 1 it has ${name(first)}.`,
		'Give all cards a link, or all cards the same number of buttons.',
	);
}

/**
 * A text with two to ten pictures or videos side by side, each with a link or with buttons that send
 * an answer. The IDs of all buttons must differ, so that the answer tells the card.
 *
 * @throws InputError('Body', 'Cards', 'Card Text', 'Link', 'Media ID', 'Buttons', 'Button Text',
 * 'Button ID' or 'URL')
 */
export function carouselMessage(input: CarouselInput): CarouselMessage {
	const parts = partsOf({ body: input.body });
	const cards = entriesOf('Cards', input.cards, [MIN_CARDS, MAX_CARDS]).map(cardOf);
	refuseDifferentButtons(cards);
	const places = cards.flatMap((card, index) =>
		buttonsOn(card).map((_, number) => `Card ${index + 1}, button ${number + 1}`),
	);
	refuseRepeats(
		'Button ID',
		cards.flatMap(buttonsOn).map(({ id }) => id),
		places,
	);
	return interactive('carousel', parts, { cards });
}
