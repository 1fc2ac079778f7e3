import { locationMessage, type LocationInput } from '../../../nodes/core/messages/location';

import { refusal } from './refusal';

describe('locationMessage', () => {
	it.each<[string, LocationInput, object]>([
		['numbers', { latitude: 52.5, longitude: -13 }, { latitude: 52.5, longitude: -13 }],
		['texts', { latitude: ' 52.50 ', longitude: '0' }, { latitude: 52.5, longitude: 0 }],
		['the ends', { latitude: -90, longitude: 180 }, { latitude: -90, longitude: 180 }],
		[
			'a name and an address',
			{ latitude: 0, longitude: 0, name: ' HQ ', address: '1 Way' },
			{ latitude: 0, longitude: 0, name: 'HQ', address: '1 Way' },
		],
		[
			'empty names',
			{ latitude: 0, longitude: 0, name: '', address: ' ' },
			{ latitude: 0, longitude: 0 },
		],
	])('takes %s', (_name, input, location) => {
		expect(locationMessage(input)).toEqual({ type: 'location', location });
	});

	it.each<[Partial<LocationInput>, string, RegExp]>([
		[{ latitude: '' }, 'Latitude', /is empty/],
		[{ longitude: undefined }, 'Longitude', /is empty/],
		[{ latitude: 90.1 }, 'Latitude', /is 90\.1; .* between -90 and 90/],
		[{ longitude: '-181' }, 'Longitude', /between -180 and 180/],
		[{ latitude: '52,5' }, 'Latitude', /not a number: '52,5'/],
		[{ latitude: '52° 30′' }, 'Latitude', /not a number/],
		[{ latitude: true }, 'Latitude', /not a number/],
		[{ latitude: [52] }, 'Latitude', /not text/],
		[{ name: {} }, 'Name', /not text/],
		[{ address: {} }, 'Address', /not text/],
	])('refuses %j', (change, field, message) => {
		const thrown = refusal(() => locationMessage({ latitude: 0, longitude: 0, ...change }));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toMatch(message);
		expect(thrown.message).toContain(`'${field}'`);
	});
});
