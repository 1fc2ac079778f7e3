import { DateTime } from 'luxon';

import { InputError } from '../../inputError';
import type { ComponentDefinition } from '../definition';
import { staticElement } from '../element';
import type { Element, ElementContext, TemplateField } from '../element';

/** The line of an offer that runs out (Meta: Limited-time offer templates). */
export function limitedTimeOffer(
	{ limited_time_offer: offer = {} }: ComponentDefinition,
	context: ElementContext,
): Element {
	const { text = '', has_expiration: expires } = offer;
	if (!expires) return staticElement({ header: text });
	const field: TemplateField = {
		id: `${context.idPrefix}offer:expiration`,
		label: `${context.labelPrefix}Offer '${text}' · Expires At`,
		required: true,
		type: 'dateTime',
	};
	return {
		fields: [field],
		check(values) {
			if (!timeOf(values[field.id]).isValid) {
				throw new InputError(
					field.label,
					`'${field.label}' is '${values[field.id]}', which is not a point in time.`,
					'Give a date and time with its time zone, for example 2026-12-31T18:00:00+01:00.',
				);
			}
		},
		components: (values) => [
			{
				type: 'limited_time_offer',
				parameters: [
					{
						type: 'limited_time_offer',
						limited_time_offer: { expiration_time_ms: timeOf(values[field.id]).toMillis() },
					},
				],
			},
		],
		preview: (values) => ({ header: `${text} (until ${values[field.id] ?? '?'})` }),
	};
}

/** Without a time zone the text says no point in time, so such a text is invalid here. */
function timeOf(text: string): DateTime {
	return /T.*(Z|[+-]\d{2}(:?\d{2})?)$/i.test(text)
		? DateTime.fromISO(text, { setZone: true })
		: DateTime.invalid('no time zone');
}
