import type { Shape } from './shapes';

/** One step on the way into an item, such as `messages`, `0`, `from`. */
type Step = string | number;

/** Where an expression stands. */
export interface Place {
	/** The shapes of the items that `$json` may be. */
	input: Set<Shape>;
	/** The shapes of the items of another node. */
	of(node: string): Set<Shape>;
	/** Whether it says to whom a message goes. */
	isRecipient: boolean;
	/** Whether it decides whether there is something, so that '' is not the same as nothing. */
	isCondition: boolean;
	/** Whether the trigger gives statuses too, so that what both have tells nothing. */
	hasStatuses?: boolean;
}

export interface Translated {
	text: string;
	/** What reads an item in its old shape still. */
	left: string[];
	/** Whether something is read that our trigger gives only in full, such as Meta's own data. */
	readsRaw: boolean;
}

const string = (group: number) => `(["'\`])((?:(?!\\${group}).)+)\\${group}`;

/** From an item to its fields. */
const FIELDS = String.raw`(?:\s*\??\.json\b|(?:\?\.)?\[["']json["']\])`;

const ONE = String.raw`(?:item\b|first\(\)|last\(\)|all\(\)\[0\]|(?:itemMatching|pairedItem)\([^()]*\))`;

/** The ways to write an item: that which comes in, and that of a node by its name. */
const ITEM = [
	String.raw`\$json\b`,
	String.raw`\$input\s*\.${ONE}${FIELDS}`,
	String.raw`\bitems\[0\]${FIELDS}`,
	String.raw`\$\(\s*${string(1)}\s*\)\s*\??\.${ONE}${FIELDS}`,
	String.raw`\$node\[${string(3)}\]${FIELDS}`,
	String.raw`\$node\.(\w+)${FIELDS}`,
	String.raw`\$items\(\s*${string(6)}[^()]*\)\[0\]${FIELDS}`,
].join('|');

const STEP =
	/^(?:\?\.)?\[(\d+)\]|^(?:\?\.)?\[(["'])(.+?)\2\]|^\s*\??\.(first)\(\)|^\s*\??\.([A-Za-z_$][\w$]*)(?![\w$]|\s*\()/;

/** What only the old trigger's items have, however the item itself is named. */
const OLD_PART = new RegExp(
	[
		String.raw`\bmessages\b["'\]]*\??\.?\[\d+\]["'\]?.[]*(?:from|id|type|text|timestamp|image|audio|video|document|interactive|button|context|location)\b`,
		String.raw`\bcontacts\b["'\]]*\??\.?\[\d+\]["'\]?.[]*(?:wa_id|profile)\b`,
		String.raw`\bstatuses\b["'\]]*\??\.?\[\d+\]["'\]?.[]*(?:status|id|recipient_id|errors)\b`,
		String.raw`\bmetadata["'\]?.[]*(?:phone_number_id|display_phone_number)\b`,
	].join('|'),
);

const CLOUD = /^(messages|contacts|statuses|metadata|field|messaging_product)$/;

/** Translates all that an expression or a script reads of n8n's own WhatsApp nodes. */
export function translate(source: string, place: Place): Translated {
	const left: string[] = [];
	let readsRaw = false;
	let text = '';
	let rest = source;
	for (;;) {
		const match = new RegExp(ITEM).exec(rest);
		if (!match) break;
		const [item, , named, , indexed, dotted, , listed] = match;
		const name = named ?? indexed ?? dotted ?? listed;
		text += rest.slice(0, match.index);
		rest = rest.slice(match.index + item.length);
		const { steps, length } = stepsIn(rest);
		const old = item + rest.slice(0, length);
		const isCondition = place.isCondition || mayBeMissing(old, rest.slice(length));
		const shapes = name ? place.of(name) : place.input;
		const now = newText({ item, steps, old }, shapes, { ...place, isCondition });
		if (now === undefined) left.push(old);
		if (now && /\.(?:raw|businessPhone)\b/.test(now)) readsRaw = true;
		text += now ?? old;
		rest = rest.slice(length);
	}
	return { text: text + rest, left, readsRaw };
}

/** Whether a text, such as a path of fields, names a part that only the old trigger's items have. */
export function namesOldPart(text: string): boolean {
	return OLD_PART.test(text);
}

/** The steps that follow an item, and how many characters they take. */
function stepsIn(text: string): { steps: Step[]; length: number } {
	const steps: Step[] = [];
	let length = 0;
	for (;;) {
		const match = STEP.exec(text.slice(length));
		if (!match) return { steps, length };
		const [whole, index, , quoted, first, plain] = match;
		length += whole.length;
		steps.push(index !== undefined ? Number(index) : first ? 0 : (quoted ?? plain));
	}
}

/** Whether whoever wrote it reckons with messages that do not have it. */
function mayBeMissing(reading: string, behind: string): boolean {
	return reading.includes('?.') || /^\s*(?:\?|\|\||&&|[!=]=)/.test(behind);
}

/** A way into an item, and how it was written. */
interface Reading {
	item: string;
	steps: Step[];
	old: string;
}

/** @returns the same in our items, the old text where nothing changes; undefined where it is not clear */
function newText(
	{ item, steps, old }: Reading,
	shapes: Set<Shape>,
	place: Place,
): string | undefined {
	const isOld = typeof steps[0] === 'string' && CLOUD.test(steps[0]);
	if (shapes.has('trigger')) {
		// The whole item: whoever reads it may look for anything.
		if (steps.length === 0) return undefined;
		if (!isOld) return old;
		return shapes.has('sent') ? undefined : ofTrigger(item, steps, place);
	}
	if (shapes.has('sent') && isOld) return ofSent(item, steps);
	if (shapes.has('answer') && steps[0] === 'data') return ofAnswer(item, steps);
	if (shapes.has('mediaUrl')) return ofMedia(item, steps, old);
	if (shapes.has('upload') && steps[0] === 'id') return `${item}.mediaId`;
	return old;
}

function written(steps: Step[]): string {
	return steps
		.map((step) => {
			if (typeof step === 'number') return `?.[${step}]`;
			return /^[A-Za-z_$][\w$]*$/.test(step) ? `?.${step}` : `?.[${JSON.stringify(step)}]`;
		})
		.join('')
		.replace(/^\?\.(?!\[)/, '.');
}

function ofTrigger(item: string, steps: Step[], place: Place): string {
	const [list, index, ...path] = steps;
	if (list === 'messages' && index === 0) {
		return onlyOf('message', item, path, ofMessage(item, path, place), place);
	}
	if (list === 'statuses' && index === 0) {
		if (path[0] === 'status') return `${item}.status`;
		const now = path[0] === 'id' ? `${item}.messageId` : `${item}.raw${written(path)}`;
		return onlyOf('status', item, path, now, place);
	}
	if (list === 'contacts' && index === 0) {
		if (path[0] === 'wa_id') return phoneOf(item, place);
		if (path.join('.') === 'profile.name') return `${item}.name`;
	}
	if (list === 'metadata' && index === 'phone_number_id') return `${item}.businessNumberId`;
	const rest = written(steps.slice(1)).replace(/^\.(?=\w)/, '?.');
	switch (list) {
		case 'messages':
			return `(${item}.event === 'message' ? [${item}.raw] : undefined)${rest}`;
		case 'statuses':
			return `(${item}.event === 'status' ? [${item}.raw] : undefined)${rest}`;
		case 'contacts':
			return `([{ profile: { name: ${item}.name }, wa_id: ${item}.phone?.slice(1) }])${rest}`;
		case 'metadata':
			return `({ display_phone_number: ${item}.businessPhone?.slice(1), phone_number_id: ${item}.businessNumberId })${rest}`;
		case 'field':
			return `(${item}.field ?? 'messages')`;
		default:
			return `'whatsapp'`;
	}
}

const OF_BOTH = /^(?:id|timestamp|errors)?$/;

/** What messages and statuses both have is asked for to tell one from the other. */
function onlyOf(
	event: 'message' | 'status',
	item: string,
	[field = '']: Step[],
	now: string,
	{ isCondition, hasStatuses = false }: Place,
): string {
	if (!isCondition || !hasStatuses || !OF_BOTH.test(String(field))) return now;
	return `(${item}.event === '${event}' ? ${now} : undefined)`;
}

/** Where only a message that has it may go on, what is always there in our items would not do. */
function ofMessage(item: string, path: Step[], place: Place): string {
	const way = path.join('.');
	if (way === 'from') return phoneOf(item, place);
	if (way === 'id') return `${item}.messageId`;
	if (way === 'type') return `${item}.type`;
	if (!place.isCondition) {
		if (way === 'text.body') return `${item}.text`;
		if (/^(image|audio|video|document|sticker)\.id$/.test(way)) return `${item}.media.id`;
		const reply = /^interactive\.(?:button|list)_reply\.(id|title|description)$/.exec(way);
		if (reply) return `${item}.reply.${reply[1]}`;
		if (way === 'button.payload') return `${item}.reply.id`;
		if (way === 'button.text') return `${item}.reply.title`;
	}
	return `${item}.raw${path.length > 0 ? written(path) : ''}`;
}

/** Who is written to is named as the window is kept; elsewhere the number stays as Meta writes it. */
function phoneOf(item: string, { isRecipient }: Place): string {
	return isRecipient ? `${item}.contact` : `${item}.raw.from`;
}

function ofSent(item: string, steps: Step[]): string | undefined {
	switch (steps.join('.')) {
		case 'messages.0.id':
			return `${item}.messageId`;
		case 'messages.0.message_status':
			return `${item}.messageStatus`;
		case 'contacts.0.wa_id':
		case 'contacts.0.input':
			return `${item}.contact`;
		default:
			return undefined;
	}
}

function ofAnswer(item: string, steps: Step[]): string | undefined {
	switch (steps.slice(1).join('.')) {
		case 'approved':
			return `${item}.approved`;
		case 'text':
			return `${item}.answer`;
		case 'respondedAt':
			return `${item}.answeredAt`;
		default:
			return undefined;
	}
}

const OF_MEDIA: Record<string, string> = {
	id: 'mediaId',
	mime_type: 'mimeType',
	file_size: 'sizeBytes',
	sha256: 'sha256',
};

function ofMedia(item: string, steps: Step[], old: string): string | undefined {
	if (steps.length === 0 || steps[0] === 'url') return undefined;
	const now = OF_MEDIA[String(steps[0])];
	return now ? `${item}.${now}` : old;
}
