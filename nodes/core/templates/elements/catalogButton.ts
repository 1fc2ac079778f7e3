import type { ButtonDefinition } from '../definition';
import type { Element, ElementContext, TemplateField } from '../element';

/** A button that opens the catalog (Meta: Catalog templates). The thumbnail is optional. */
export function catalogButton(
	{ text = 'View catalog' }: ButtonDefinition,
	index: number,
	context: ElementContext,
): Element {
	const field: TemplateField = {
		id: `${context.idPrefix}button:${index}:thumbnail`,
		label: `${context.labelPrefix}Thumbnail Product ID: ${text}`,
		required: false,
		type: 'string',
		hint: 'Content ID of the product whose picture is shown; without it, the first of the catalog',
	};
	return {
		fields: [field],
		components(values) {
			const thumbnail = values[field.id];
			if (thumbnail === undefined) return [];
			return [
				{
					type: 'button',
					sub_type: 'CATALOG',
					index: String(index),
					parameters: [{ type: 'action', action: { thumbnail_product_retailer_id: thumbnail } }],
				},
			];
		},
		preview: () => ({ buttons: [{ type: 'CATALOG', text }] }),
	};
}
