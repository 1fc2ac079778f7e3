import type { Registration } from '../../callback/registration';
import type { ListenersRecord } from '../listeners';
import { readStamp } from '../text/codec';

import { isAlive } from './liveSnapshot';
import type { LoadedRow } from './rowSaver';
import { fromParts, toParts } from './textParts';

/** What a workflow's row holds. */
export interface RowContent {
	/** By business number, the text of `encode()`. */
	numbers: ReadonlyMap<string, string>;
	/** Deliveries of this workflow's triggers that were handled: the text of SeenMessages. */
	seen: string;
	/** What the triggers' activation changed at Meta, by node ID. */
	registrations: ReadonlyMap<string, Registration>;
	/** Where all triggers listen that the process knew of; joined by Listeners, however damaged. */
	listeners?: ListenersRecord;
	/** By business number, what waits for an answer without a tap: OpenQuestions.record(). */
	questions: ReadonlyMap<string, Record<string, string>>;
	/** By business number, the text of ContactNotes. */
	notes: ReadonlyMap<string, string>;
}

/** Who made a snapshot, and when. */
interface Origin {
	/** The process. */
	writer: string;
	/** How far its state went. */
	revision: number;
	/** By the clock of that process; epoch seconds. */
	madeAt: number;
}

/** A row's content as n8n saves it: plain JSON. */
export interface Snapshot extends Partial<Origin> {
	/**
	 * Only in what n8n wrote into the row. Copies that it makes for others may come back without
	 * having been in any row.
	 */
	isRow?: true;
	/** Packed contacts by business number, in parts. */
	numbers?: Record<string, string[]>;
	/** In parts. */
	seen?: string[];
	registrations?: Record<string, Registration>;
	listeners?: ListenersRecord;
	/** By business number; joined by OpenQuestions, however damaged. */
	questions?: Record<string, Record<string, string>>;
	/** By business number, in parts. */
	notes?: Record<string, string[]>;
}

/** Whether a value of static data is a saved snapshot, and no live one. */
export function isSnapshot(value: unknown): value is Snapshot {
	return typeof value === 'object' && value !== null && !isAlive(value);
}

/** A snapshot of which nothing is shared with what is alive. */
export function writeRow(content: RowContent, origin: Origin): Snapshot {
	const { numbers, registrations, listeners, questions, notes } = content;
	const seen = toParts(content.seen);
	return {
		...origin,
		numbers: inParts(numbers),
		...(seen.length > 0 ? { seen } : {}),
		...(registrations.size > 0
			? { registrations: plainCopy(Object.fromEntries(registrations)) }
			: {}),
		...(listeners && Object.keys(listeners).length > 0 ? { listeners } : {}),
		...(questions.size > 0 ? { questions: Object.fromEntries(questions) } : {}),
		...(notes.size > 0 ? { notes: inParts(notes) } : {}),
	};
}

/** What a snapshot holds, free of the proxies that n8n puts around it; what is damaged is left out. */
export function readRow(snapshot: Snapshot): RowContent {
	const { numbers, seen, registrations, listeners, questions, notes } = snapshot;
	const registered = Object.entries(registrations ?? {}).filter(
		([, registration]) => typeof registration?.callbackUrl === 'string',
	);
	return {
		numbers: ofParts(numbers),
		seen: fromParts(seen) ?? '',
		registrations: new Map(registered.map(([id, one]) => [id, plainCopy(one)])),
		listeners,
		questions: new Map(Object.entries(questions ?? {})),
		notes: ofParts(notes),
	};
}

function inParts(texts: ReadonlyMap<string, string>): Record<string, string[]> {
	return Object.fromEntries(Array.from(texts, ([id, text]) => [id, toParts(text)]));
}

function ofParts(texts: Record<string, string[]> | undefined): Map<string, string> {
	return new Map(
		Object.entries(texts ?? {}).flatMap(([id, parts]) => {
			const text = fromParts(parts);
			return text === undefined ? [] : [[id, text] as const];
		}),
	);
}

/** What a snapshot that this process has made tells about the row. */
export function ownRow({ isRow, revision, numbers }: Snapshot, writer: string): LoadedRow {
	const held = new Map<string, number>();
	for (const [id, parts] of Object.entries(numbers ?? {})) {
		const stamp = readStamp(String(parts?.[0]));
		if (stamp?.writer === writer) held.set(id, stamp.revision);
	}
	return {
		by: 'thisProcess',
		isRow: isRow === true,
		revision: Number(revision),
		numbers: held,
	};
}

function plainCopy<T>(value: T): T {
	return JSON.parse(JSON.stringify(value)) as T;
}
