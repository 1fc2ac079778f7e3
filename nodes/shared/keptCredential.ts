import type { IDataObject, INode } from 'n8n-workflow';

/**
 * After what time a credential is read again. n8n takes longer to read one than we do for all the rest of
 * a delivery.
 */
const READ_AGAIN_MS = 10_000;

/**
 * For how long others go by what is known while one reads again: if all of a burst read at once, each
 * would wait for the database behind all others.
 */
const KEPT_MS = 30_000;

/**
 * How long nobody looks for a newer one after the newest had not what was looked for: what is forged must
 * not cost more than what is real.
 */
const IN_VAIN_MS = 10_000;

/** Where a node's credential is read, and may be known already. */
export interface KeepingContext {
	getCredentials(type: string): Promise<IDataObject>;
	getNode(): Pick<INode, 'credentials'>;
	getMode?(): string;
}

interface Copy {
	values?: IDataObject;
	/** When the reading of {@link values} began. Epoch milliseconds, as all times here. */
	readAt: number;
	/** The one under way. */
	reading?: Promise<IDataObject>;
	lookedInVainAt: number;
}

/** By type and ID; one for each credential that is used so. */
const copies = new Map<string, Copy>();

/**
 * The values of a node's credential, as they were ten seconds ago at most, or thirty while somebody reads
 * them anew. In the editor they are read at once: whoever works there may have changed them a moment ago.
 */
export async function keptCredential(context: KeepingContext, type: string): Promise<IDataObject> {
	const copy = copyOf(context, type);
	const { values, reading, readAt } = copy;
	if (isInEditor(context)) return await read(context, type, copy);
	if (values && isWithin(READ_AGAIN_MS, readAt)) return values;
	if (!reading) return await read(context, type, copy);
	return values && isWithin(KEPT_MS, readAt) ? values : await reading;
}

/**
 * What is wrong with something, by the values of a node's credential that are known, or else by those
 * that it holds now: what has changed there counts at once, and {@link IN_VAIN_MS} later while what is
 * wrong comes again and again.
 *
 * @param flawOf undefined where nothing is wrong
 */
export async function flawByCredential(
	context: KeepingContext,
	type: string,
	flawOf: (values: IDataObject) => string | undefined,
): Promise<string | undefined> {
	const copy = copyOf(context, type);
	const { values: known } = copy;
	const values = await keptCredential(context, type);
	const flaw = flawOf(values);
	if (flaw === undefined) return undefined;
	const isNew = values !== known;
	if (!isNew && isWithin(IN_VAIN_MS, copy.lookedInVainAt)) return flaw;
	const newFlaw = isNew ? flaw : flawOf(await (copy.reading ?? read(context, type, copy)));
	if (newFlaw !== undefined) copy.lookedInVainAt = copy.readAt;
	return newFlaw;
}

async function read(context: KeepingContext, type: string, copy: Copy): Promise<IDataObject> {
	const readAt = Date.now();
	const reading = context.getCredentials(type);
	copy.reading = reading;
	try {
		copy.values = await reading;
		copy.readAt = readAt;
	} finally {
		if (copy.reading === reading) copy.reading = undefined;
	}
	return copy.values;
}

function copyOf(context: KeepingContext, type: string): Copy {
	const id = context.getNode().credentials?.[type]?.id;
	const key = `${type} ${id}`;
	const copy = copies.get(key) ?? { readAt: -Infinity, lookedInVainAt: -Infinity };
	if (id) copies.set(key, copy);
	return copy;
}

function isInEditor(context: KeepingContext): boolean {
	return ['manual', 'internal'].includes(context.getMode?.() ?? 'internal');
}

/** Whether a time is no further away than this; the clock may have been set. */
function isWithin(durationMs: number, at: number): boolean {
	return Math.abs(Date.now() - at) < durationMs;
}
