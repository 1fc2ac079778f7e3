import { isBound } from './binding';

/** With what every reference begins; the digit is the version of the form. */
const MARK = 'a1';

/** A UUID as editors write it, which fits into 22 characters. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const FORM = /^a1\.([\w-]{1,40})\.(~?[\w-]+)\.([\w-]{43})\.((?:[\w-]{12}){1,2}[\w-]{4})\.(.*)$/su;

/** n8n's signature of a resume address: HMAC-SHA256 in hexadecimal. */
const SIGNATURE = /^[0-9a-f]{64}$/;

/** What leads elsewhere in an address. */
const FOLDER = /^\.{1,2}$/;

/** Where a question waits: a node of an execution, with what proves that n8n gave out the address. */
export interface Waiting {
	executionId: string;
	nodeId: string;
	/** n8n's own signature of the resume address, which covers the binding: 64 hexadecimal digits. */
	signature: string;
	/** To whom the question went, from which number, and which one it was: see `bindingOf()`. */
	binding: string;
}

/** The way back that a tap carries in the ID of its button or row, or in the payload of a quick reply. */
export interface Reference extends Waiting {
	/** The answer's own ID; '' when it did not fit. */
	answerId: string;
	/** The whole text. */
	text: string;
}

/**
 * The text that a tap brings back. The answer's own ID is left out where it does not fit; the title
 * that comes with the tap stands for it then.
 *
 * @param limit how many characters WhatsApp takes: 256 in a button's ID, 200 in a row's; 128 in the
 * payload of a quick reply is what every provider takes
 * @throws RangeError when n8n's own IDs are too long for it
 */
export function writeReference(
	{ executionId, nodeId, signature, binding }: Waiting,
	answerId: string,
	limit: number,
): string {
	const short = Buffer.from(signature, 'hex').toString('base64url');
	const head = `${MARK}.${executionId}.${packNodeId(nodeId)}.${short}.${binding}.`;
	if (!FORM.test(head) || head.length > limit) {
		throw new RangeError(`The way back does not fit into ${limit} characters.`);
	}
	return head.length + answerId.length > limit ? head : head + answerId;
}

/** Reads what {@link writeReference} wrote; undefined for every other text. */
export function readReference(text: string): Reference | undefined {
	const [, executionId, node, short, binding, answerId] = FORM.exec(text) ?? [];
	if (executionId === undefined) return undefined;
	const signature = Buffer.from(short, 'base64url').toString('hex');
	const nodeId = unpackNodeId(node);
	if (!SIGNATURE.test(signature) || nodeId === undefined || FOLDER.test(nodeId)) return undefined;
	return { executionId, nodeId, signature, binding, answerId, text };
}

/**
 * Whether a tap comes from the contact whom the question was put to, at the number that asked.
 *
 * @param ids all identifiers of the contact that are known
 */
export function isAskedOf(
	{ binding }: Waiting,
	businessNumberId: string,
	ids: readonly string[],
): boolean {
	return isBound(binding, businessNumberId, ids);
}

/** What tells questions apart, also those of one node in a loop. */
export function questionKey({ executionId, nodeId, binding }: Omit<Waiting, 'signature'>): string {
	return `${executionId} ${nodeId} ${binding}`;
}

function packNodeId(nodeId: string): string {
	if (UUID.test(nodeId)) {
		return Buffer.from(nodeId.replaceAll('-', ''), 'hex').toString('base64url');
	}
	return `~${Buffer.from(nodeId, 'utf8').toString('base64url')}`;
}

function unpackNodeId(packed: string): string | undefined {
	if (packed.startsWith('~')) return Buffer.from(packed.slice(1), 'base64url').toString('utf8');
	const hex = Buffer.from(packed, 'base64url').toString('hex');
	if (hex.length !== 32) return undefined;
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
