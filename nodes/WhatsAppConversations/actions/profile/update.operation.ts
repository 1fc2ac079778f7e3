import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { INDUSTRIES, profileChanges, type ProfileInput } from '../../../core/account/profile';
import { InputError } from '../../../core/inputError';
import { NumberApi } from '../../../core/transport/numberApi';
import { binaryFileOf } from '../../files/binaryFile';
import { uploadForHandle } from '../../files/upload';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import type { Result } from '../operation';

const PICTURE = 'Picture Binary Field';

const properties: INodeProperties[] = [
	{
		displayName: 'Fields to Update',
		name: 'profile',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description: 'What is not added stays as it is; what is added and left empty is removed',
		options: [
			{
				displayName: 'About',
				name: 'about',
				type: 'string',
				default: '',
				placeholder: 'e.g. Open Monday to Friday, 9 to 18',
				description: 'The line below the name, up to 139 characters; it cannot be removed',
			},
			{
				displayName: 'Address',
				name: 'address',
				type: 'string',
				default: '',
				description: 'Up to 256 characters',
			},
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				description: 'Up to 512 characters',
			},
			{
				displayName: 'Email',
				name: 'email',
				type: 'string',
				default: '',
				placeholder: 'name@email.com',
			},
			{
				displayName: 'Industry',
				name: 'vertical',
				type: 'options',
				options: Object.entries(INDUSTRIES)
					.map(([value, name]) => ({ name, value }))
					.sort((a, b) => a.name.localeCompare(b.name)),
				default: 'RETAIL',
			},
			{
				displayName: PICTURE,
				name: 'picture',
				type: 'string',
				default: 'data',
				placeholder: 'e.g. data',
				hint: 'The name of the binary field of the incoming item that holds the picture',
				description: 'A square JPEG or PNG, up to 5 MB',
			},
			{
				displayName: 'Websites',
				name: 'websites',
				type: 'string',
				typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Website' },
				default: [],
				placeholder: 'e.g. https://example.com',
				description: 'One or two addresses of up to 256 characters',
			},
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['profile'], operation: ['update'] } },
	properties,
);

export async function execute(item: Item): Promise<Result> {
	const { id: businessNumberId } = await senderOf(item);
	const input = item.parameter('profile', {}) as ProfileInput & { picture?: unknown };
	const changes = { ...profileChanges(input), ...(await pictureOf(item, input.picture)) };
	if (Object.keys(changes).length === 0) {
		throw new InputError(
			'Fields to Update',
			"'Fields to Update' names nothing to change.",
			"Add what is to change, such as 'About'.",
		);
	}
	const api = await item.session.part(NumberApi, 'the business profile');
	await api.updateProfile(businessNumberId, changes);
	return { json: { ...(await api.profile(businessNumberId)), businessNumberId } };
}

/** Uploads the picture, once the rest is known to be right. */
async function pictureOf(item: Item, field: unknown) {
	if (field === undefined) return {};
	await item.session.meta('the business profile');
	const file = await binaryFileOf(item, String(field), 'image', PICTURE);
	return { profile_picture_handle: await uploadForHandle(item.session, file) };
}
