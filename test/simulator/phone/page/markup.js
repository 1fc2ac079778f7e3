import { el } from './dom.js';

const MARKS = { '*': 'strong', _: 'em', '~': 's', '`': 'code' };

/** A text with WhatsApp's marks: *bold*, _italic_, ~struck out~, `code` and ```code```. */
export function marked(words) {
	const text = String(words);
	const pattern =
		/```([^]+?)```|(?<![\w*])\*(\S|\S.*?\S)\*(?![\w*])|(?<![\w_])_(\S|\S.*?\S)_(?![\w_])|(?<![\w~])~(\S|\S.*?\S)~(?![\w~])|`([^`\n]+)`/g;
	const nodes = [];
	let end = 0;
	for (const match of text.matchAll(pattern)) {
		nodes.push(text.slice(end, match.index));
		const [whole, block, ...inner] = match;
		const code = block ?? inner[3];
		nodes.push(
			code === undefined
				? el(MARKS[whole[0]], {}, marked(inner.find((part) => part !== undefined)))
				: el('code', {}, code),
		);
		end = match.index + whole.length;
	}
	nodes.push(text.slice(end));
	return nodes.filter(Boolean);
}
