import type { ComponentDefinition } from '../definition';
import type { Element, ElementContext } from '../element';
import { assemblePreview } from '../previewParts';

const CARD_BODY_LIMIT = 160;

/**
 * A row of cards, each a small template of its own (Meta: Media card carousel templates). All cards
 * of the definition are sent: Meta refuses fewer.
 * @param read reads the components of one card
 */
export function carousel(
	{ cards = [] }: ComponentDefinition,
	context: ElementContext,
	read: (components: ComponentDefinition[], context: ElementContext) => Element[],
): Element {
	const elements = cards.map(({ components }, index) =>
		read(components, {
			...context,
			idPrefix: `card:${index}:`,
			labelPrefix: `Card ${index + 1} · `,
			bodyLimit: CARD_BODY_LIMIT,
		}),
	);
	const all = elements.flat();
	return {
		unsupported: all.find(({ unsupported }) => unsupported)?.unsupported,
		fields: all.flatMap(({ fields }) => fields),
		check(values) {
			for (const element of all) element.check?.(values);
		},
		components: (values, media) => [
			{
				type: 'carousel',
				cards: elements.map((card, index) => ({
					card_index: index,
					components: card.flatMap((element) => element.components(values, media)),
				})),
			},
		],
		preview: (values, media) => ({
			cards: elements.map((card) =>
				assemblePreview(card.map((element) => element.preview(values, media))),
			),
		}),
	};
}
