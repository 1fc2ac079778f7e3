import { markdownToWhatsApp } from '../../core/markdown/markdown';
import type { Item } from '../run/item';

import { isTool } from './tool';

/** Whether the texts of an item are Markdown. */
export function isMarkdown(item: Item): boolean {
	const { convertMarkdown } = item.options;
	return typeof convertMarkdown === 'boolean' ? convertMarkdown : isTool(item);
}

/** A parameter's value with WhatsApp's formats, if it is a text and the texts are Markdown. */
export function formatted(item: Item, value: unknown): unknown {
	return typeof value === 'string' && isMarkdown(item) ? markdownToWhatsApp(value) : value;
}
