import { InputError } from '../../inputError';
import type { ButtonDefinition } from '../definition';
import type { Element, ElementContext, TemplateField } from '../element';
import { checkLength } from '../textRules';

const MOST_MINUTES = 43_200;
const PAYLOAD_LIMIT = 512;

/** A button that calls the business (Meta: Call button messages and deep links). */
export function voiceCallButton(
	{ text = 'Call Now' }: ButtonDefinition,
	index: number,
	context: ElementContext,
): Element {
	const id = (key: string) => `${context.idPrefix}button:${index}:${key}`;
	const label = (name: string) => `${context.labelPrefix}${name}: ${text}`;
	const minutes: TemplateField = {
		id: id('minutes'),
		label: label('Minutes Active'),
		required: false,
		type: 'number',
		hint: 'How long the button works after the message was sent; 10080 (a week) unless given',
	};
	const payload: TemplateField = {
		id: id('payload'),
		label: label('Payload'),
		required: false,
		type: 'string',
		hint: 'Comes back with the events of the call',
	};

	return {
		fields: [minutes, payload],
		check(values) {
			checkLength(payload, values[payload.id] ?? '', PAYLOAD_LIMIT);
			const given = values[minutes.id];
			const count = Number(given);
			if (given === undefined || (Number.isInteger(count) && count >= 1 && count <= MOST_MINUTES)) {
				return;
			}
			throw new InputError(
				minutes.label,
				`'${minutes.label}' is '${given}', which is not a whole number between 1 and ${MOST_MINUTES}.`,
				'Give whole minutes, at most 43200 (30 days).',
			);
		},
		components(values) {
			const parameters = [
				...(values[minutes.id] === undefined
					? []
					: [{ type: 'ttl_minutes', ttl_minutes: Number(values[minutes.id]) }]),
				...(values[payload.id] === undefined
					? []
					: [{ type: 'payload', payload: values[payload.id] }]),
			];
			if (parameters.length === 0) return [];
			return [{ type: 'button', sub_type: 'voice_call', index: String(index), parameters }];
		},
		preview: () => ({ buttons: [{ type: 'VOICE_CALL', text }] }),
	};
}
