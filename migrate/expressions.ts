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
}

export interface Translated {
	text: string;
	/** What reads an item in its old shape still. */
	left: string[];
	/** Whether Meta's own data are read, which our trigger gives only in full. */
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
		if (now?.includes('.raw')) readsRaw = true;
		text += now ?? old;
		rest = rest.slice(length);
	}
	return { text: text + rest, left, readsRaw };
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
	if (list === 'messages' && index === 0) return ofMessage(item, path, place);
	if (list === 'statuses' && index === 0) {
		if (path[0] === 'status') return `${item}.status`;
		return path[0] === 'id' ? `${item}.messageId` : `${item}.raw${written(path)}`;
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
