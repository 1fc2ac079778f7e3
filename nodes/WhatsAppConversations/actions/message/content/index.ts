import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { InputError } from '../../../../core/inputError';
import type { Item } from '../../../run/item';

import { addressRequest } from './addressRequest';
import { buttons } from './buttons';
import { carousel } from './carousel';
import { contacts } from './contacts';
import { flow } from './flow';
import type { ContentForm, PreparedMessage } from './form';
import { linkButton } from './linkButton';
import { list } from './list';
import { location } from './location';
import { audio, document, image, sticker, video } from './media';
import { orderDetails } from './orderDetails';
import { orderStatus } from './orderStatus';
import { catalog, product, productCarousel, productList } from './products';
import { callPermissionRequest, contactInfoRequest, locationRequest } from './requests';
import { text } from './text';
import { voiceCall } from './voiceCall';

export type { PreparedMessage } from './form';

/** Every free-form message, in the order of the names. */
export const forms: ContentForm[] = [
	addressRequest,
	audio,
	buttons,
	callPermissionRequest,
	carousel,
	catalog,
	contactInfoRequest,
	contacts,
	document,
	flow,
	image,
	linkButton,
	list,
	location,
	locationRequest,
	orderDetails,
	orderStatus,
	product,
	productCarousel,
	productList,
	sticker,
	text,
	video,
	voiceCall,
];

/** The types that every provider carries. */
const CARRIED_BY_ALL = ['text', 'image', 'video', 'audio', 'document'];

/** The choice of the type, and the fields of each. */
export const contentProperties: INodeProperties[] = [
	{
		displayName: 'Message Type',
		name: 'messageType',
		type: 'options',
		noDataExpression: true,
		options: forms.map(({ name, value, description }) => ({
			name,
			value,
			description,
			...(!CARRIED_BY_ALL.includes(value) && {
				displayOptions: { hide: { provider: ['clickatell'] } },
			}),
		})),
		default: 'text',
	},
	...forms.flatMap(({ value, properties }) =>
		updateDisplayOptions({ show: { messageType: [value] } }, properties),
	),
];

/** What the types add to 'Options': each once, for the types that have it. */
export const contentOptions: INodeProperties[] = [
	...new Set(forms.flatMap(({ options = [] }) => options)),
].map((option) => ({
	...option,
	displayOptions: {
		show: {
			'/messageType': forms
				.filter(({ options }) => options?.includes(option))
				.map(({ value }) => value),
		},
	},
}));

/** @throws InputError as {@link ContentForm.prepare} */
export async function prepareMessage(item: Item): Promise<PreparedMessage> {
	const type = item.parameter('messageType');
	const form = forms.find(({ value }) => value === type);
	if (form) return await form.prepare(item, item.options);
	throw new InputError(
		'Message Type',
		`'Message Type' is '${String(type)}', which there is not.`,
		`Choose one of: ${forms.map(({ value }) => value).join(', ')}.`,
	);
}
