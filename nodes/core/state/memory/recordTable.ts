import { readNumber, writeNumber } from './base64';
import { USER_ID_CHARS } from './packedUserId';

const PHONE_CHARS = 8;
const TIME_CHARS = 5;

/** Phone numbers below this fit: all of up to fourteen digits. */
export const PHONE_LIMIT = 64 ** PHONE_CHARS;

/** 2020-01-01; all messages are later. */
const TIME_BASE = 1_577_836_800;

/** Whether a time (epoch seconds) fits: those from 2020 to 2054 do, and 0, which is none. */
export function isPackable(time: number): boolean {
	return time === 0 || (time > TIME_BASE && time < TIME_BASE + 64 ** TIME_CHARS);
}

/**
 * Records of fixed width in one block of memory that is at the same time their saved form: a change
 * touches a few bytes, and a save copies the block, however many records there are.
 *
 *     [user ID, 14 characters] phone number, 8 · times, 5 each
 */
export class RecordTable {
	size = 0;

	private block = Buffer.alloc(0);
	private readonly width: number;
	private readonly userChars: number;
	private readonly timesFrom: number;

	/** @param times how many times a record has */
	constructor(hasUserIds: boolean, times: number) {
		this.userChars = hasUserIds ? USER_ID_CHARS : 0;
		this.timesFrom = this.userChars + PHONE_CHARS;
		this.width = this.timesFrom + times * TIME_CHARS;
	}

	/**
	 * @param user from `packUserId()`; '' in a table without user IDs
	 * @param phone 0 when it is not known
	 * @param times epoch seconds; see {@link isPackable}
	 * @returns the place of the new record
	 */
	add(user: string, phone: number, times: readonly number[]): number {
		const index = this.size++;
		const at = index * this.width;
		if (at + this.width > this.block.length) this.grow();
		if (user) this.block.write(user, at, 'latin1');
		writeNumber(this.block, at + this.userChars, phone, PHONE_CHARS);
		times.forEach((time, which) => this.setTime(index, which, time));
		return index;
	}

	user(index: number): string {
		if (this.userChars === 0) return '';
		const at = index * this.width;
		return this.block.toString('latin1', at, at + this.userChars);
	}

	phone(index: number): number {
		return readNumber(this.block, index * this.width + this.userChars, PHONE_CHARS);
	}

	/** @param which the first time of a record is 0 */
	time(index: number, which: number): number {
		const time = readNumber(this.block, this.timePlace(index, which), TIME_CHARS);
		return time === 0 ? 0 : TIME_BASE + time;
	}

	setTime(index: number, which: number, time: number): void {
		const number = time === 0 ? 0 : time - TIME_BASE;
		writeNumber(this.block, this.timePlace(index, which), number, TIME_CHARS);
	}

	/** Removes a record; the last one takes its place. */
	remove(index: number): void {
		const last = --this.size * this.width;
		this.block.copy(this.block, index * this.width, last, last + this.width);
	}

	/** All records, for {@link read}. */
	text(): string {
		return this.block.toString('latin1', 0, this.size * this.width);
	}

	/** Takes the place of all records; a text that is cut off is read as far as it goes. */
	read(text: string): void {
		this.block = Buffer.from(text, 'latin1');
		this.size = Math.floor(this.block.length / this.width);
	}

	private timePlace(index: number, which: number): number {
		return index * this.width + this.timesFrom + which * TIME_CHARS;
	}

	private grow(): void {
		const larger = Buffer.alloc(Math.max(64 * this.width, Math.ceil(this.block.length * 1.5)));
		this.block.copy(larger);
		this.block = larger;
	}
}
