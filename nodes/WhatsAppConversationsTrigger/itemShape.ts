import type { IDataObject, INode } from 'n8n-workflow';

import { messagesOf } from '../core/burst/joinedItem';
import { asObject, asText } from '../core/events/reading';
import { bareType } from '../core/messages/fileExtension';
import { storedSetting } from '../shared/setting';

/** The first version of the trigger whose items have the shape below. */
const SINCE = 1.1;

/** What a builder looks for, and sees first in n8n's tables. */
const FIRST = [
	...[
		'text',
		'status',
		'referenceId',
		'value',
		'callEvent',
		'change',
		'accountEvent',
		'explanation',
		'name',
		'contact',
		'phone',
	],
	...['event', 'type', 'kind', 'window', 'owner', 'consentWord', 'consentChanged', 'stoppedAtMeta'],
	...['reply', 'media'],
];

/** What is there for other systems. */
const LAST = [
	...['sessionKey', 'timestamp', 'late', 'messageId', 'userId', 'username', 'businessNumberId'],
	...['businessPhone', 'accountId', 'ageSeconds', 'raw'],
];

/** What is left out with 'Simplify'. */
const ONLY_IN_FULL = new Set(['businessPhone', 'accountId', 'ageSeconds', 'raw']);

const NO_REPLY = { id: '', title: '' };
const NO_MEDIA = { id: '', mimeType: '', fileName: '' };

/** Whether a trigger gives its items the shape of version 1.1. */
export function isShaped({ typeVersion }: INode): boolean {
	return typeVersion >= SINCE;
}

/**
 * How a trigger shows what came, by its version and its option 'Simplify'. In version 1 that is the
 * item as the delivery made it. Later what matters comes first, and what an expression may name is
 * there in every message.
 */
export function shapeOf(node: INode): (json: IDataObject) => IDataObject {
	if (!isShaped(node)) return (json) => json;
	const isFull = storedSetting(node, 'simplify') === false;
	return (json) => {
		const whole = withAllParts(json);
		const keys = Object.keys(whole).filter((key) => isFull || !ONLY_IN_FULL.has(key));
		return Object.fromEntries(inOrder(keys).map((key) => [key, whole[key]]));
	};
}

function withAllParts(json: IDataObject): IDataObject {
	const { event, reply, media } = json;
	if (event !== 'message' && event !== 'echo') return json;
	const messages = messagesOf(json);
	return {
		...json,
		reply: { ...NO_REPLY, ...asObject(reply) },
		...withBareType({ media: { ...NO_MEDIA, ...asObject(media) } }),
		...(messages && { messages: messages.map(withBareType) }),
		...(event === 'message' && {
			consentWord: json.consentWord ?? '',
			consentChanged: json.consentChanged ?? false,
		}),
	};
}

/** The type of a file without its parameters (`; codecs=opus`), which other nodes do not know. */
function withBareType(message: IDataObject): IDataObject {
	const media = asObject(message.media);
	if (!message.media) return message;
	return { ...message, media: { ...media, mimeType: bareType(asText(media.mimeType)) } };
}

function inOrder(keys: string[]): string[] {
	const placed = new Set([...FIRST, ...LAST]);
	const has = new Set(keys);
	return [
		...FIRST.filter((key) => has.has(key)),
		...keys.filter((key) => !placed.has(key)),
		...LAST.filter((key) => has.has(key)),
	];
}
