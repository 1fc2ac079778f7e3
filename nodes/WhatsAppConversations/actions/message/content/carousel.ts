import type { INodeProperties } from 'n8n-workflow';

import { carouselMessage, type CarouselCardInput } from '../../../../core/messages/carousel';
import type { ReplyButtonInput } from '../../../../core/messages/replyButtons';
import type { Uploaded } from '../../../files/upload';

import { buttonsProperty } from './buttons';
import { FILE_LABEL, fileProperty, namedFile, type NamedFile } from './file';
import type { ContentForm } from './form';
import { bodyProperty, bodyText } from './parts';

/** A card as the editor stores it. */
interface Card {
	type: 'image' | 'video';
	file: unknown;
	text?: unknown;
	buttonText?: unknown;
	url?: unknown;
	buttons?: { button?: ReplyButtonInput[] };
}

const properties: INodeProperties[] = [
	{ ...bodyProperty, placeholder: 'e.g. These rooms are free for your dates.' },
	{
		displayName: 'Buttons on Cards',
		name: 'cardButtons',
		type: 'options',
		options: [
			{ name: 'A Link', value: 'link', description: 'One button that opens a web page' },
			{
				name: 'Answers to Tap',
				value: 'reply',
				description: 'Up to three buttons; a tap comes back through the trigger as a message',
			},
		],
		default: 'link',
		description: 'The same on all cards',
	},
	{
		displayName: 'Cards',
		name: 'cards',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true, maxAllowedFields: 10 },
		placeholder: 'Add Card',
		default: {
			card: [
				{ type: 'image', file: '', text: '', buttonText: '', url: '' },
				{ type: 'image', file: '', text: '', buttonText: '', url: '' },
			],
		},
		description: 'Two to ten pictures or videos side by side',
		options: [
			{
				displayName: 'Card',
				name: 'card',
				values: [
					{
						displayName: 'File Type',
						name: 'type',
						type: 'options',
						options: [
							{ name: 'Image', value: 'image' },
							{ name: 'Video', value: 'video' },
						],
						default: 'image',
					},
					// Cards seldom show the same file, so that none is proposed.
					{ ...fileProperty, default: '', placeholder: 'e.g. https://example.com/room.jpg' },
					{
						displayName: 'Card Text',
						name: 'text',
						type: 'string',
						typeOptions: { rows: 2 },
						default: '',
						placeholder: 'e.g. Double room with a view',
						description: 'Up to 160 characters and two line breaks',
					},
					{
						displayName: 'Button Text',
						name: 'buttonText',
						type: 'string',
						default: '',
						required: true,
						placeholder: 'e.g. See room',
						description: 'Up to 20 characters',
						displayOptions: { show: { '/cardButtons': ['link'] } },
					},
					{
						displayName: 'URL',
						name: 'url',
						type: 'string',
						default: '',
						required: true,
						placeholder: 'e.g. https://example.com/rooms/12',
						description: 'The web page that the button opens',
						displayOptions: { show: { '/cardButtons': ['link'] } },
					},
					{
						...buttonsProperty,
						description: 'One to three, as many on every card; their IDs must all differ',
						displayOptions: { show: { '/cardButtons': ['reply'] } },
					},
				],
			},
		],
	},
];

function cardOf(
	card: Card,
	hasLink: boolean,
	file: NamedFile,
	uploaded: Uploaded,
): CarouselCardInput {
	const content = {
		header: { type: card.type, source: file.source(uploaded) },
		body: card.text,
	};
	return hasLink
		? { ...content, buttonText: card.buttonText, url: card.url }
		: { ...content, buttons: card.buttons?.button ?? [] };
}

export const carousel: ContentForm = {
	name: 'Carousel',
	value: 'carousel',
	description: 'Two to ten pictures or videos side by side, with buttons',
	properties,
	async prepare(item) {
		const body = bodyText(item);
		const hasLink = item.parameter('cardButtons') === 'link';
		const cards = item.parameter('cards.card', []) as unknown as Card[];
		const files: NamedFile[] = [];
		for (const [index, { type, file }] of cards.entries()) {
			files.push(await namedFile(item, file, type, `Card ${index + 1} · ${FILE_LABEL}`));
		}
		return {
			uploads: Object.assign({}, ...files.map(({ uploads }) => uploads)),
			build: (uploaded) => [
				carouselMessage({
					body,
					cards: cards.map((card, index) => cardOf(card, hasLink, files[index], uploaded)),
				}),
			],
		};
	},
};
