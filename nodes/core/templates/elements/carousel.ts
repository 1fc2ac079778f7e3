import { InputError } from '../../inputError';
import type { ComponentDefinition } from '../definition';
import type { Element, ElementContext, TemplateField, Values } from '../element';
import { assemblePreview } from '../previewParts';

import { CATALOG_FIELD } from './productHeader';

const CARD_BODY_LIMIT = 160;
const MOST_CARDS = 10;

/** One card: what to ask for it, and whether it may be left out. */
interface Card {
	optional: boolean;
	elements: Element[];
	fields: TemplateField[];
}

/**
 * A row of cards, each a small template of its own. Media cards are sent as they are defined: Meta
 * refuses fewer or more (Meta: Media card carousel templates). Product cards are only a pattern:
 * from the two that define it, up to ten are sent (Meta: Product card carousel templates), so the
 * further ones are optional.
 * @param read reads the components of one card
 */
export function carousel(
	{ cards: defined = [] }: ComponentDefinition,
	context: ElementContext,
	read: (components: ComponentDefinition[], context: ElementContext) => Element[],
): Element {
	const cards = patternOf(defined).map(({ components }, index): Card => {
		const elements = read(components, {
			...context,
			idPrefix: `card:${index}:`,
			labelPrefix: `Card ${index + 1} · `,
			bodyLimit: CARD_BODY_LIMIT,
		});
		const fields = elements.flatMap((element) => element.fields);
		return { optional: index >= defined.length, elements, fields };
	});
	const all = cards.flatMap(({ elements }) => elements);

	return {
		unsupported: all.find(({ unsupported }) => unsupported)?.unsupported,
		fields: askedFor(cards),
		check(values) {
			for (const { elements, fields } of sent(cards, values)) {
				refuseGaps(fields, values);
				for (const element of elements) element.check?.(values);
			}
		},
		components: (values, media) => [
			{
				type: 'carousel',
				cards: sent(cards, values).map(({ elements }, index) => ({
					card_index: index,
					components: elements.flatMap((element) => element.components(values, media)),
				})),
			},
		],
		preview: (values, media) => ({
			cards: sent(cards, values).map(({ elements }) =>
				assemblePreview(elements.map((element) => element.preview(values, media))),
			),
		}),
	};
}

/** The cards that may be sent; the last product card stands for all that could follow. */
function patternOf(defined: NonNullable<ComponentDefinition['cards']>): typeof defined {
	const open = defined.length > 0 && defined.every(({ components }) => components.some(isProduct));
	return open
		? Array.from({ length: MOST_CARDS }, (_, i) => defined[i] ?? defined.at(-1))
		: defined;
}

function isProduct({ type, format }: ComponentDefinition): boolean {
	return type.toUpperCase() === 'HEADER' && format?.toUpperCase() === 'PRODUCT';
}

/** The fields of all cards; what they share is asked for once. */
function askedFor(cards: Card[]): TemplateField[] {
	const fields = cards.flatMap(({ fields: own, optional }) =>
		own.map((field) => (optional ? { ...field, required: false } : field)),
	);
	return fields.filter(({ id }, index) => fields.findIndex((field) => field.id === id) === index);
}

/** An optional card goes out when anything is given for it. */
function sent(cards: Card[], values: Values): Card[] {
	return cards.filter(
		({ optional, fields }) =>
			!optional || fields.some(({ id }) => id !== CATALOG_FIELD.id && id in values),
	);
}

function refuseGaps(fields: TemplateField[], values: Values): void {
	const gap = fields.find(({ id, required }) => required && !(id in values));
	if (!gap) return;
	throw new InputError(
		gap.label,
		`'${gap.label}' is empty, though other fields of that card are filled.`,
		'Fill it, or leave the whole card empty to send one card fewer.',
	);
}
