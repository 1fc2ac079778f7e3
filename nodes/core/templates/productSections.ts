import { characterCount } from '../characters';
import { checkUnknown } from '../input/namedTexts';
import { InputError } from '../inputError';
import { isObject } from '../isObject';
import { jsonIn } from '../json';

/** A titled group of products, as Meta's send endpoint wants it. */
export interface ProductSection {
	title: string;
	product_items: Array<{ product_retailer_id: string }>;
}

const MOST_SECTIONS = 10;
const MOST_PRODUCTS = 30;
const TITLE_LIMIT = 24;

const SECTION_ENTRIES = ['title', 'product_items', 'products'];

const FORM =
	"Write 'Title: ID, ID' for each section, with a semicolon or a line break between sections.";

/**
 * Reads the sections of a list of products (Meta: Multi-product templates). Either text, `Shoes: id1,
 * id2; Bags: id3` or a section a line, whose titles hold no colon; or JSON, a list of sections with
 * `title` and `product_items` as Meta writes them, or `products` with bare IDs.
 * @param label display name of the field
 * @throws InputError when it cannot be read or is empty, or has more than 10 sections or 30 products, a title
 *   of more than 24 characters, or a section without a title or products
 */
export function productSectionsOf(label: string, text: string): ProductSection[] {
	const sections = /^\s*[[{]/.test(text) ? sectionsInJson(label, text) : sectionsInText(text);
	if (sections.length === 0) throw new InputError(label, `'${label}' names no products.`, FORM);
	const products = sections.flatMap(({ product_items: items }) => items);
	if (sections.length > MOST_SECTIONS || products.length > MOST_PRODUCTS) {
		throw new InputError(
			label,
			`'${label}' lists too much (sections: ${sections.length}, products: ${products.length}); WhatsApp accepts at most ${MOST_SECTIONS} sections and ${MOST_PRODUCTS} products in all.`,
			'Leave some out.',
		);
	}
	for (const { title, product_items: items } of sections) {
		if (title === '' || items.length === 0) {
			throw new InputError(
				label,
				`'${label}' has a section without ${title === '' ? 'a title' : 'products'}.`,
				FORM,
			);
		}
		if (characterCount(title) > TITLE_LIMIT) {
			throw new InputError(
				label,
				`'${label}' has the title '${title}'; WhatsApp accepts at most ${TITLE_LIMIT} characters.`,
				'Shorten the title.',
			);
		}
	}
	return sections;
}

function sectionsInText(text: string): ProductSection[] {
	return text
		.split(/[;\n]/)
		.filter((part) => part.trim() !== '')
		.map((part) => {
			const colon = part.indexOf(':');
			return sectionOf(part.slice(0, Math.max(colon, 0)), part.slice(colon + 1).split(','));
		});
}

function sectionsInJson(label: string, text: string): ProductSection[] {
	const sections = [jsonIn(text)].flat();
	if (!sections.every(isObject)) {
		throw new InputError(label, `'${label}' holds JSON that is no list of sections.`, FORM);
	}
	return sections.map((section, index) => {
		const where = `Section ${index + 1}: `;
		checkUnknown(label, section, SECTION_ENTRIES, { where });
		const { title, product_items: items, products } = section;
		const list = items ?? products;
		for (const item of [list ?? []].flat()) {
			if (isObject(item)) checkUnknown(label, item, ['product_retailer_id'], { where });
		}
		return sectionOf(title, Array.isArray(list) ? list.map(idOf) : []);
	});
}

function idOf(item: unknown): unknown {
	return isObject(item) ? item.product_retailer_id : item;
}

function sectionOf(title: unknown, ids: unknown[]): ProductSection {
	return {
		title: textIn(title),
		product_items: ids
			.map(textIn)
			.filter((id) => id !== '')
			.map((id) => ({ product_retailer_id: id })),
	};
}

function textIn(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
