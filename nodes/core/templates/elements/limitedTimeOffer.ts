import { InputError } from '../../inputError';
import { pointInTime } from '../../pointInTime';
import type { ComponentDefinition } from '../definition';
import { staticElement } from '../element';
import type { Element, ElementContext, TemplateField, Values } from '../element';

const DATE_ALONE = /^\d{4}-?\d\d-?\d\d$/;

/**
 * The line of an offer that runs out (Meta: Limited-time offer templates). Its end needs a time zone,
 * its own or that of the context.
 */
export function limitedTimeOffer(
	{ limited_time_offer: offer = {} }: ComponentDefinition,
	context: ElementContext,
): Element {
	const { text = '', has_expiration: expires } = offer;
	if (!expires) return staticElement({ header: text });
	const field: TemplateField = {
		id: `${context.idPrefix}offer:expiration`,
		label: `${context.labelPrefix}Expires At: ${text}`,
		required: true,
		type: 'dateTime',
	};
	const endOf = (values: Values) => timeOf(values[field.id], context.timeZone);
	return {
		fields: [field],
		check(values) {
			const end = endOf(values);
			if (end === undefined) {
				throw new InputError(
					field.label,
					`'${field.label}' is '${values[field.id]}', which is not a point in time.`,
					'Give a date and time with its time zone, for example 2026-12-31T18:00:00+01:00.',
				);
			}
			if (context.nowMs !== undefined && end <= context.nowMs) {
				throw new InputError(
					field.label,
					`'${field.label}' is '${values[field.id]}', which has passed.`,
					'Give a time at which the offer still runs when the message arrives.',
				);
			}
		},
		components: (values) => [
			{
				type: 'limited_time_offer',
				parameters: [
					{
						type: 'limited_time_offer',
						limited_time_offer: { expiration_time_ms: endOf(values) },
					},
				],
			},
		],
		preview: (values) => ({ header: `${text} (until ${values[field.id] ?? '?'})` }),
	};
}

/** Epoch milliseconds. A date alone says no point in time, nor does a time without a zone. */
function timeOf(text: string, zone: string | undefined): number | undefined {
	return DATE_ALONE.test(text) ? undefined : pointInTime(text, zone);
}
