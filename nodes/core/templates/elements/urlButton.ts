import { characterCount } from '../../characters';
import { InputError } from '../../inputError';
import type { ButtonDefinition } from '../definition';
import { staticElement } from '../element';
import type { Element, ElementContext, TemplateField } from '../element';
import { linkEnd } from '../linkEnd';
import { fillPlaceholders, placeholdersOf } from '../placeholders';

const URL_LIMIT = 2000;

/** A button that opens a link; with a placeholder, the end of the link is a value (rule R42). */
export function urlButton(
	button: ButtonDefinition,
	index: number,
	context: ElementContext,
): Element {
	const { text = '', url = '' } = button;
	const [placeholder] = placeholdersOf(url);
	if (placeholder === undefined) return staticElement({ buttons: [{ type: 'URL', text, url }] });

	const fixedPart = url.slice(0, url.indexOf('{{'));
	const endOf = (link: string) => percentEncode(linkEnd(fixedPart, link) ?? link);
	const example = [button.example].flat()[0];
	const field: TemplateField = {
		id: `${context.idPrefix}button:${index}:${placeholder}`,
		label: `${context.labelPrefix}Link: ${text}`,
		title: `${context.labelPrefix}Link: ${text} · end of ${shorten(fixedPart)}…`,
		required: true,
		type: 'string',
		oneLine: true,
		...(example && { example: endOf(example) }),
	};
	const linkWith = (value: string | undefined) =>
		fillPlaceholders(url, () => value && endOf(value));

	return {
		fields: [field],
		check(values) {
			const value = values[field.id];
			if (linkEnd(fixedPart, value) === undefined) {
				throw new InputError(
					field.label,
					`'${field.label}' leads to another place: '${shorten(value)}' does not begin with '${fixedPart}'.`,
					'Give what comes after the fixed part, or a link that begins with it.',
				);
			}
			if (endOf(value) === '') {
				throw new InputError(
					field.label,
					`'${field.label}' repeats the fixed part of the link and adds nothing to it.`,
					'Give what comes after the fixed part.',
				);
			}
			const length = characterCount(linkWith(value));
			if (length > URL_LIMIT) {
				throw new InputError(
					field.label,
					`With '${field.label}' filled in, the link is ${length} characters long; WhatsApp accepts at most ${URL_LIMIT}.`,
					'Give a shorter value.',
				);
			}
		},
		components: (values) => [
			{
				type: 'button',
				sub_type: 'url',
				index: String(index),
				parameters: [
					{
						type: 'text',
						// Named templates may well number the placeholder of a link.
						...(/\D/.test(placeholder) && { parameter_name: placeholder }),
						text: endOf(values[field.id]),
					},
				],
			},
		],
		preview: (values) => ({
			buttons: [{ type: 'URL', text, url: linkWith(values[field.id]) }],
		}),
	};
}

/**
 * Percent-encodes what may not stand in the end of a link, by Meta's table also the colon (Meta:
 * Template components, URL encoding). What is encoded already stays as it is, and so do the
 * characters that structure a link (`/ ? & = #`).
 */
export function percentEncode(text: string): string {
	return text
		.replace(/[\ud800-\udfff]/gu, '\ufffd')
		.replace(/%(?![\da-f]{2})|[^!-~]|[":<>\\^`{|}]/giu, (character) =>
			encodeURIComponent(character),
		);
}

function shorten(url: string): string {
	return url.length > 36 ? `${url.slice(0, 22)}…${url.slice(-13)}` : url;
}
