import fc from 'fast-check';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import {
	contentOptions,
	contentProperties,
	forms,
	prepareMessage,
} from '../../../nodes/WhatsAppConversations/actions/message/content';
import { beforeUpload } from '../../../nodes/WhatsAppConversations/files/upload';
import { InputError } from '../../../nodes/core/inputError';
import type { CloudMessage } from '../../../nodes/core/messages/types';
import { checkFreeForm } from '../../simulator/messageRules';
import type { Json } from '../../simulator/types';

import { FILES, LINK, MESSAGES } from './storedMessages';
import { itemFor } from './support';

/** The messages that stored parameters make; uploaded files have the ID of their binary field. */
async function built(parameters: IDataObject): Promise<CloudMessage[]> {
	const { uploads, build } = await prepareMessage(itemFor(parameters, FILES));
	build(beforeUpload(uploads));
	return build(
		Object.fromEntries(
			Object.entries(uploads).map(([key, { field, fileName }]) => [
				key,
				{ id: `id-of-${field}`, filename: fileName },
			]),
		),
	);
}

async function refusalOf(parameters: IDataObject): Promise<InputError> {
	const outcome: unknown = await built(parameters).catch((error: unknown) => error);
	expect(outcome).toBeInstanceOf(InputError);
	return outcome as InputError;
}

it.each(MESSAGES)('%s: %j', async (messageType, stored, message) => {
	const [only, ...more] = await built({ messageType, ...stored });
	expect(only).toEqual(message);
	expect(more).toEqual([]);
	expect(() => checkFreeForm(only.type, only as unknown as Json, () => true)).not.toThrow();
});

/** Every value in stored parameters, as the path to it; the choice that locates a Flow is one. */
function paths(value: unknown, path: string[] = []): string[][] {
	const isLeaf = typeof value !== 'object' || value === null || '__rl' in value;
	return isLeaf
		? [path]
		: Object.entries(value).flatMap(([name, entry]) => paths(entry, [...path, name]));
}

function without(stored: IDataObject, path: string[]): IDataObject {
	const copy = structuredClone(stored);
	const parent = path
		.slice(0, -1)
		.reduce<IDataObject>((part, name) => part[name] as IDataObject, copy);
	delete parent[path[path.length - 1]];
	return copy;
}

describe('every field of every form', () => {
	const shownOptions = (type: string) =>
		contentOptions.filter(({ displayOptions }) =>
			displayOptions?.show?.['/messageType']?.includes(type),
		);

	/** Names of all fields; those of a header file are tried with one of the types that have it. */
	function names(properties: INodeProperties[]): string[] {
		return properties.flatMap(({ name, type, options = [] }) => {
			if (name === 'headerFile') return [];
			if (type === 'collection') return names(options as INodeProperties[]);
			if (type !== 'fixedCollection') return [name];
			return options.flatMap((entry) => ('values' in entry ? names(entry.values) : []));
		});
	}

	it.each(forms.map(({ value, properties }) => ({ value, properties })))(
		'is tried: $value',
		({ value, properties }) => {
			const tried = MESSAGES.filter(([type]) => type === value).flatMap(([, stored]) =>
				paths(stored).map((path) => path[path.length - 1]),
			);
			const media = ['mediaSource', 'binaryField', 'link', 'mediaId'];
			const expected = names([...properties, ...shownOptions(value)]).filter(
				(name) => !media.includes(name),
			);
			expect(expected.filter((name) => !tried.includes(name))).toEqual([]);
		},
	);

	/** What the shop says of its order: nothing changes while it is right. */
	const GUARDS = { 'options.orderCurrency': 'USD', 'options.expectedTotal': '1' };

	it.each(
		MESSAGES.flatMap(([messageType, stored]) =>
			paths(stored)
				.map((path) => ({ messageType, stored, path: path.join('.') }))
				.filter(({ path }) => !(path in GUARDS)),
		),
	)('matters: $messageType $path', async ({ messageType, stored, path }) => {
		const withIt = await built({ messageType, ...stored });
		const less = await built({ messageType, ...without(stored, path.split('.')) }).catch(
			({ message }: Error) => message,
		);
		expect(less).not.toEqual(withIt);
	});

	it.each(Object.entries(GUARDS))('stops a wrong order: %s', async (path, wrong) => {
		const [, name] = path.split('.');
		const [messageType, stored] = MESSAGES.find(([, { options }]) => name in Object(options))!;
		const options = { ...(stored.options as IDataObject), [name]: wrong };
		const { message } = await refusalOf({ messageType, ...stored, options });
		expect(message).toMatch(/^'(Currency|Total)' is /);
	});
});

describe('the list of types', () => {
	const [messageType] = contentProperties;

	it('has each once, in the order of the names', () => {
		const listed = forms.map(({ name }) => name);
		expect(listed).toEqual([...new Set(listed)].sort());
		expect(new Set(forms.map(({ value }) => value)).size).toBe(forms.length);
		expect(messageType.options).toHaveLength(forms.length);
	});

	it('is tried whole', () => {
		expect([...new Set(MESSAGES.map(([type]) => type))].sort()).toEqual(
			forms.map(({ value }) => value).sort(),
		);
	});

	it('refuses another type', async () => {
		const item = { ...itemFor({}), parameter: () => 'noSuchType' };
		await expect(prepareMessage(item)).rejects.toMatchObject({
			field: 'Message Type',
			message: "'Message Type' is 'noSuchType', which there is not.",
		});
	});
});

describe('files', () => {
	it.each<[string, string, object]>([
		['image', 'data', { id: 'id-of-data' }],
		['image', LINK, { link: LINK }],
		['video', 'clip', { id: 'id-of-clip' }],
		['document', '471', { id: '471' }],
		['document', 'bill', { id: 'id-of-bill', filename: 'bill-7.pdf' }],
		['document', LINK, { link: LINK, filename: 'room 1.jpg' }],
	])('may stand in a header: %s %s', async (type, file, content) => {
		const [message] = await built({
			messageType: 'buttons',
			body: 'A',
			buttons: { button: [{ title: 'B' }] },
			options: { headerFile: { file: { type, file } } },
		});
		expect(message).toMatchObject({ interactive: { header: { type, [type]: content } } });
	});

	const card = { file: 'data', buttonText: 'See', url: 'https://example.com' };
	const cards = (...given: IDataObject[]) => ({
		messageType: 'carousel',
		body: 'Rooms',
		cards: { card: given },
	});

	it('in one field are uploaded once, whatever shows them', async () => {
		const parameters = cards(card, card, { ...card, type: 'video', file: 'clip' });
		const { uploads } = await prepareMessage(itemFor(parameters, FILES));
		expect(uploads).toMatchObject({
			data: { field: 'data', fileName: 'photo.jpg', mimeType: 'image/jpeg', sizeBytes: 7 },
			clip: { field: 'clip', fileName: 'clip.mp4', mimeType: 'video/mp4', sizeBytes: 7 },
		});
		expect(Object.keys(uploads)).toHaveLength(2);
	});

	it.each<[string, IDataObject, string, RegExp]>([
		['no field of the item', cards(card, { ...card, file: 'photo' }), 'Card 2 · File', /'photo'/],
		['nothing', cards({ ...card, file: '' }, card), 'Card 1 · File', /names no file/],
		[
			'a file of another type',
			cards(card, { ...card, type: 'video' }),
			'Card 2 · File',
			/image\/jpeg/,
		],
		[
			'a page that is not https',
			{
				messageType: 'buttons',
				body: 'A',
				buttons: { button: [{ title: 'B' }] },
				options: { headerFile: { file: { type: 'image', file: 'http://a.example/b.jpg' } } },
			},
			'File',
			/cannot fetch/,
		],
		[
			'a header that has a text too',
			{
				messageType: 'buttons',
				body: 'A',
				buttons: { button: [{ title: 'B' }] },
				options: { header: 'C', headerFile: { file: { type: 'image', file: 'data' } } },
			},
			'Header File',
			/together with 'Header'/,
		],
		[
			'audio that cannot be a voice message',
			{ messageType: 'audio', binaryField: 'song', options: { voice: true } },
			'Binary Field',
			/audio\/mpeg/,
		],
		[
			'no file for a voice message',
			{ messageType: 'audio', options: { voice: true } },
			'Binary Field',
			/image\/jpeg/,
		],
	])('are refused: %s', async (_what, parameters, field, text) => {
		const refusal = await refusalOf(parameters);
		expect(refusal.field).toBe(field);
		expect(refusal.message).toMatch(text);
	});

	it('leave the header empty when the option was emptied again', async () => {
		const [message] = await built({
			messageType: 'buttons',
			body: 'A',
			buttons: { button: [{ title: 'B' }] },
			options: { headerFile: {} },
		});
		expect(message).toMatchObject({ interactive: { type: 'button' } });
		expect(message).not.toHaveProperty('interactive.header');
	});
});

describe('a long text', () => {
	const long = `${'a'.repeat(4000)}\n\n${'b'.repeat(4000)}`;

	it('is refused unless it may be split', async () => {
		const refusal = await refusalOf({ messageType: 'text', text: long });
		expect(refusal.field).toBe('Text');
		expect(refusal.message).toContain('8002 characters');
	});

	it('becomes several messages, in order', async () => {
		const options = { splitLongText: true, previewUrl: true };
		expect(await built({ messageType: 'text', text: long, options })).toEqual(
			['a', 'b'].map((letter) => ({
				type: 'text',
				text: { body: letter.repeat(4000), preview_url: true },
			})),
		);
	});
});

describe('what the editor leaves behind', () => {
	it('of another type does not matter', async () => {
		const everything = Object.assign({}, ...MESSAGES.map(([, stored]) => stored)) as IDataObject;
		const options = Object.assign({}, ...MESSAGES.map(([, stored]) => stored.options ?? {}));
		expect(
			await built({
				...everything,
				messageType: 'image',
				mediaSource: 'binary',
				binaryField: 'data',
				caption: '',
				options,
			}),
		).toEqual([{ type: 'image', image: { id: 'id-of-data' } }]);
	});
});

describe('a refusal', () => {
	const text = fc.oneof(
		{ weight: 6, arbitrary: fc.integer({ min: 0, max: 40 }).map((n) => 'ab cd'.repeat(n)) },
		fc.constantFrom('', ' ', '7', 'data', 'clip', LINK, 'http://a.example', '{"a": 1}', '[]'),
		fc.constantFrom<unknown>(null, 0, 7, true, {}, { a: 1 }, [], ['a'], [{}], 'x'.repeat(5000)),
	);

	/** Whatever a form may hold, expressions included. */
	function valueOf({
		type,
		options = [],
		typeOptions,
		modes = [],
	}: INodeProperties): fc.Arbitrary<unknown> {
		switch (type) {
			case 'boolean':
				return fc.boolean();
			case 'options':
				return fc.constantFrom(...options.map((option) => ('value' in option ? option.value : '')));
			case 'resourceLocator':
				return fc.record({
					__rl: fc.constant(true),
					mode: fc.constantFrom(...modes.map(({ name }) => name)),
					value: text,
				});
			case 'collection':
				return valuesOf(options as INodeProperties[], 0.3);
			case 'fixedCollection': {
				const [entry] = options;
				const values = valuesOf('values' in entry ? entry.values : [], 0.9);
				return fc.record({
					[entry.name]: typeOptions?.multipleValues ? fc.array(values, { maxLength: 4 }) : values,
				});
			}
			default:
				return text;
		}
	}

	/** @param share how many of the values are given */
	function valuesOf(properties: INodeProperties[], share: number): fc.Arbitrary<IDataObject> {
		const entries = properties.map((property) =>
			fc.tuple(
				fc.constant(property.name),
				fc.double({ min: 0, max: 1, noNaN: true }).map((chance) => chance < share),
				valueOf(property),
			),
		);
		return fc
			.tuple(...entries)
			.map(
				(given) =>
					Object.fromEntries(
						given.filter(([, isGiven]) => isGiven).map(([name, , value]) => [name, value]),
					) as IDataObject,
			);
	}

	/** What a form calls its fields. */
	function labels(properties: INodeProperties[]): string[] {
		return properties.flatMap(({ displayName, options = [], modes = [] }) => [
			displayName,
			...modes.map((mode) => mode.displayName),
			...options.flatMap((entry) =>
				'values' in entry ? labels(entry.values) : 'displayName' in entry ? labels([entry]) : [],
			),
		]);
	}

	it.each(forms)(
		'of $value names a field of its form',
		async ({ value, properties, options = [] }) => {
			const known = labels([...properties, ...options]);
			// What stands in a list that an expression gives has no field of its own.
			if (known.includes('Products')) known.push('Product ID');
			await fc.assert(
				fc.asyncProperty(
					valuesOf(properties, 0.9),
					valuesOf(options, 0.3),
					async (stored, given) => {
						const outcome: unknown = await built({
							...stored,
							messageType: value,
							options: given,
						}).catch((error: unknown) => error);
						if (!(outcome instanceof Error)) return;
						expect(outcome).toBeInstanceOf(InputError);
						const { field, message, hint } = outcome as InputError;
						expect(known).toContain(field.replace(/^Card \d+ · /, ''));
						expect(`${message} ${hint}`).toContain(`'${field}'`);
					},
				),
				{ numRuns: 150 },
			);
		},
	);
});
