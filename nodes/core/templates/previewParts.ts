import type { ButtonPreview, TemplatePreview } from './element';

/** Puts the previews of a template's elements together, in their order. */
export function assemblePreview(parts: Array<Partial<TemplatePreview>>): TemplatePreview {
	const join = (key: 'header' | 'body' | 'footer') =>
		parts
			.map((part) => part[key])
			.filter(Boolean)
			.join('\n');
	const header = join('header');
	const body = join('body');
	const footer = join('footer');
	const buttons = parts.flatMap((part) => part.buttons ?? []);
	const cards = parts.find((part) => part.cards)?.cards;
	const sections = [
		header,
		body,
		footer,
		buttons.map(lineOf).join('\n'),
		...(cards ?? []).map(({ text }, index) => `Card ${index + 1}\n${text}`),
	];
	return {
		header,
		body,
		footer,
		buttons,
		...(cards && { cards }),
		text: sections.filter(Boolean).join('\n\n'),
	};
}

/** `[Track order: https://shop.example/track/123]`, `[Stop promotions]` */
function lineOf({ text, url, code }: ButtonPreview): string {
	const target = url ?? code;
	return target ? `[${text}: ${target}]` : `[${text}]`;
}
