import { InputError } from '../../inputError';
import { isObject } from '../../isObject';
import { jsonIn } from '../../json';
import type { ButtonDefinition } from '../definition';
import { buttonFields, type Element, type ElementContext, type TemplateField } from '../element';

/**
 * A button that opens a flow (Meta: Flows). Token and data are optional, the button itself must be
 * sent all the same.
 */
export function flowButton(
	{ text = '' }: ButtonDefinition,
	index: number,
	context: ElementContext,
): Element {
	const field = buttonFields(text, index, context);
	const token = field('flowToken', 'Flow Token', 'Comes back with the answers of the flow');
	const data: TemplateField = {
		...field('flowData', 'Flow Data (JSON)', 'What the first screen starts with'),
		accepts: 'json',
	};

	return {
		fields: [token, data],
		check(values) {
			if (values[data.id] !== undefined) parseData(data, values[data.id]);
		},
		components(values) {
			const action = {
				...(values[token.id] !== undefined && { flow_token: values[token.id] }),
				...(values[data.id] !== undefined && {
					flow_action_data: parseData(data, values[data.id]),
				}),
			};
			const given = Object.keys(action).length > 0;
			return [
				{
					type: 'button',
					sub_type: 'flow',
					index: String(index),
					...(given && { parameters: [{ type: 'action', action }] }),
				},
			];
		},
		preview: () => ({ buttons: [{ type: 'FLOW', text }] }),
	};
}

function parseData({ label }: TemplateField, text: string): object {
	const data = jsonIn(text);
	if (isObject(data)) return data;
	throw new InputError(
		label,
		`'${label}' holds text that is not a JSON object.`,
		'Give an object such as {"orderId": "1234"}, or leave the field empty.',
	);
}
