import { InputError } from '../../inputError';
import type { ComponentDefinition } from '../definition';
import type { Element, ElementContext, TemplateField, Values } from '../element';

/** A header with a map (Meta: Template components). The place is known only when it is sent. */
export function locationHeader(_: ComponentDefinition, context: ElementContext): Element {
	const field = (
		key: string,
		label: string,
		rest: Pick<TemplateField, 'required' | 'type'>,
	): TemplateField => ({
		id: `${context.idPrefix}header:${key}`,
		label: `${context.labelPrefix}Location ${label}`,
		...rest,
	});
	const latitude = field('latitude', 'Latitude', { required: true, type: 'number' });
	const longitude = field('longitude', 'Longitude', { required: true, type: 'number' });
	const name = field('name', 'Name', { required: false, type: 'string' });
	const address = field('address', 'Address', { required: false, type: 'string' });

	return {
		fields: [latitude, longitude, name, address],
		check(values) {
			checkDegrees(latitude, values, 90);
			checkDegrees(longitude, values, 180);
		},
		components: (values) => [
			{
				type: 'header',
				parameters: [
					{
						type: 'location',
						// Meta wants texts here, also for the degrees.
						location: {
							latitude: values[latitude.id],
							longitude: values[longitude.id],
							...(values[name.id] && { name: values[name.id] }),
							...(values[address.id] && { address: values[address.id] }),
						},
					},
				],
			},
		],
		preview(values) {
			const degrees = [latitude, longitude].map(({ id }) => values[id] ?? '?').join(', ');
			const place = [name, address].map(({ id }) => values[id]).filter(Boolean);
			return { header: `[Location: ${[...place, degrees].join(', ')}]` };
		},
	};
}

function checkDegrees({ id, label }: TemplateField, values: Values, limit: number): void {
	const degrees = Number(values[id]);
	if (!(Math.abs(degrees) <= limit)) {
		throw new InputError(
			label,
			`'${label}' is '${values[id]}', which is not a number between -${limit} and ${limit}.`,
			'Give decimal degrees with a point, for example 48.1374.',
		);
	}
}
