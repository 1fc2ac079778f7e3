import { InputError } from '../../inputError';
import type { ComponentDefinition } from '../definition';

import { bodyToCreate } from './body';
import { buttonsToCreate } from './buttons';
import { refuseIf } from './checks';
import type { CardDraft } from './draft';
import { headerToCreate } from './header';

const BODY_LIMIT = 160;

interface Kind {
	mostCards: number;
	buttons: string[];
	mostButtons: number;
	body: boolean;
}

const MEDIA_CARD: Kind = {
	mostCards: 10,
	buttons: ['QUICK_REPLY', 'URL', 'PHONE_NUMBER'],
	mostButtons: 2,
	body: true,
};

/** What a card may have, by the format of its header. */
const KINDS: Partial<Record<string, Kind>> = {
	IMAGE: MEDIA_CARD,
	VIDEO: MEDIA_CARD,
	// Two stand for all: up to ten are sent.
	PRODUCT: { mostCards: 2, buttons: ['SPM', 'URL'], mostButtons: 1, body: false },
};

/**
 * The carousel of a new template (Meta: Media card and Product card carousel templates).
 * @throws InputError
 */
export function cardsToCreate(drafts: CardDraft[]): ComponentDefinition {
	const cards = drafts.map((draft, index) => cardToCreate(draft, `Card ${index + 1} · `));
	const format = cards[0]?.[0].format ?? '';
	const most = KINDS[format]?.mostCards ?? MEDIA_CARD.mostCards;
	refuseIf(
		cards.length < 2 || cards.length > most,
		'Cards',
		`'Cards' has ${cards.length} cards; Meta wants ${most === 2 ? 'exactly 2 product cards' : `2 to ${most}`}.`,
		most === 2 ? 'Define two; up to ten can be sent.' : 'Add or remove some.',
	);
	const other = cards.findIndex((card) => shapeOf(card) !== shapeOf(cards[0]));
	refuseIf(
		other > 0,
		'Cards',
		`Card ${other + 1} of 'Cards' has other parts than card 1; Meta wants the same header, body and buttons on all.`,
		'Give all cards the same parts, in the same order.',
	);
	return { type: 'CAROUSEL', cards: cards.map((components) => ({ components })) };
}

function cardToCreate(draft: CardDraft, prefix: string): ComponentDefinition[] {
	const header = headerToCreate(draft.header ?? { format: '' }, prefix);
	const kind = KINDS[header.format ?? ''];
	if (!kind) {
		throw new InputError(
			`${prefix}Header`,
			`'${prefix}Header' is ${header.format}, which a card cannot have.`,
			'Choose an image, a video or a product.',
		);
	}
	const body = draft.body?.trim() ? [bodyToCreate(draft, BODY_LIMIT, prefix)] : [];
	refuseIf(
		body.length > 0 && !kind.body,
		`${prefix}Body`,
		`'${prefix}Body' has a text, and a product card has none.`,
		'Remove it; WhatsApp shows what the catalog says.',
	);
	const buttons = draft.buttons?.length ? [buttonsToCreate(draft.buttons, prefix)] : [];
	const types = buttons.flatMap((part) => part.buttons ?? []).map(({ type }) => type);
	refuseIf(
		types.length > kind.mostButtons || types.some((type) => !kind.buttons.includes(type)),
		`${prefix}Buttons`,
		`'${prefix}Buttons' has ${types.join(', ')}, which a card cannot have.`,
		`Give a card at most ${kind.mostButtons} of the types ${kind.buttons.join(', ')}.`,
	);
	return [header, ...body, ...buttons];
}

function shapeOf(card: ComponentDefinition[]): string {
	return card
		.flatMap(({ type, format, buttons = [] }) => [type, format, ...buttons.map((one) => one.type)])
		.join();
}
