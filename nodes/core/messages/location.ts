import { requiredNumber } from '../input/numbers';
import { NO_LIMIT, optionalLabel } from '../input/text';

import type { LocationMessage } from './types';

export interface LocationInput {
	/** Degrees north, -90 to 90. */
	latitude: unknown;
	/** Degrees east, -180 to 180. */
	longitude: unknown;
	/** What the place is called. */
	name?: unknown;
	/** Shown below the name, and only with one. */
	address?: unknown;
}

/**
 * A place on the map (Meta: Location messages).
 *
 * @throws InputError('Latitude', 'Longitude', 'Name' or 'Address')
 */
export function locationMessage(input: LocationInput): LocationMessage {
	const name = optionalLabel('Name', input.name, NO_LIMIT);
	const address = optionalLabel('Address', input.address, NO_LIMIT);
	return {
		type: 'location',
		location: {
			latitude: requiredNumber('Latitude', input.latitude, -90, 90),
			longitude: requiredNumber('Longitude', input.longitude, -180, 180),
			...(name !== undefined && { name }),
			...(address !== undefined && { address }),
		},
	};
}
