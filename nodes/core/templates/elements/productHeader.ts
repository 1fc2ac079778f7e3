import type { ComponentDefinition } from '../definition';
import type { Element, ElementContext, TemplateField } from '../element';

/** The catalog that is connected to the account: one for all products of a template. */
export const CATALOG_FIELD: TemplateField = {
	id: 'catalog',
	label: 'Catalog ID',
	required: true,
	type: 'string',
	hint: 'The ID of the catalog connected to your business account, from Commerce Manager',
};

/** A header that shows a product (Meta: Single-product and Product card carousel templates). */
export function productHeader(_: ComponentDefinition, context: ElementContext): Element {
	const product: TemplateField = {
		id: `${context.idPrefix}header:product`,
		label: `${context.labelPrefix}Product ID`,
		required: true,
		type: 'string',
		hint: "The product's content ID in the catalog",
	};
	return {
		fields: [product, CATALOG_FIELD],
		components: (values) => [
			{
				type: 'header',
				parameters: [
					{
						type: 'product',
						product: {
							product_retailer_id: values[product.id],
							catalog_id: values[CATALOG_FIELD.id],
						},
					},
				],
			},
		],
		preview(values) {
			const id = values[product.id];
			return { header: id ? `[Product: ${id}]` : '[Product]' };
		},
	};
}
