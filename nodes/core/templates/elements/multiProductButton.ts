import type { ButtonDefinition } from '../definition';
import type { Element, ElementContext, TemplateField } from '../element';
import { productSectionsOf } from '../productSections';

/** A button that opens a choice of products (Meta: Multi-product templates). */
export function multiProductButton(
	{ text = 'View items' }: ButtonDefinition,
	index: number,
	context: ElementContext,
): Element {
	const id = (key: string) => `${context.idPrefix}button:${index}:${key}`;
	const sections: TemplateField = {
		id: id('sections'),
		label: `${context.labelPrefix}Product Sections: ${text}`,
		title: `${context.labelPrefix}Product Sections: ${text} · Title: ID, ID; Title: ID`,
		required: true,
		type: 'string',
		example: 'Shoes: shoe-1, shoe-2; Bags: bag-7',
		hint: "For each section its title, a colon and the products' content IDs; or Meta's sections as JSON",
		accepts: 'json',
	};
	const thumbnail: TemplateField = {
		id: id('thumbnail'),
		label: `${context.labelPrefix}Thumbnail Product ID: ${text}`,
		required: false,
		type: 'string',
		hint: 'Content ID of the product whose picture is shown; without it, the first of the sections',
	};
	return {
		fields: [sections, thumbnail],
		check(values) {
			productSectionsOf(sections.label, values[sections.id]);
		},
		components(values) {
			const list = productSectionsOf(sections.label, values[sections.id]);
			const first = list[0].product_items[0].product_retailer_id;
			const action = {
				thumbnail_product_retailer_id: values[thumbnail.id] ?? first,
				sections: list,
			};
			return [
				{
					type: 'button',
					sub_type: 'mpm',
					index: String(index),
					parameters: [{ type: 'action', action }],
				},
			];
		},
		preview: () => ({ buttons: [{ type: 'MPM', text }] }),
	};
}
