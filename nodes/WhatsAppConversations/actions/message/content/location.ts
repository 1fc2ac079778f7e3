import { locationMessage } from '../../../../core/messages/location';

import { withoutFiles, type ContentForm } from './form';

export const location: ContentForm = {
	name: 'Location',
	value: 'location',
	description: 'A place on the map',
	properties: [
		// Texts, because a number field would take 0 for a place when it was forgotten.
		{
			displayName: 'Latitude',
			name: 'latitude',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 48.1374',
			description: 'Degrees north, from -90 to 90, with a point before the decimals',
		},
		{
			displayName: 'Longitude',
			name: 'longitude',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 11.5755',
			description: 'Degrees east, from -180 to 180, with a point before the decimals',
		},
		{
			displayName: 'Name',
			name: 'locationName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Corner Shop',
			description: 'What the place is called',
		},
		{
			displayName: 'Address',
			name: 'locationAddress',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1 Market Street, Springfield',
			description: 'Shown below the name, and only with one',
		},
	],
	async prepare(item) {
		return withoutFiles(
			locationMessage({
				latitude: item.parameter('latitude'),
				longitude: item.parameter('longitude'),
				name: item.parameter('locationName', ''),
				address: item.parameter('locationAddress', ''),
			}),
		);
	},
};
