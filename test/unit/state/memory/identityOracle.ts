import type { Says, Told } from './identityWorld';

/** What should be known when an identifier is asked for. */
export interface Answer {
	/** The last message under the identifiers that the contact has now; 0: there is none. */
	wroteAt: number;
	/** The last message under those that it gave up by a reported change; 0: there is none. */
	wroteBefore: number;
	consent: Says | 'none';
	/** When the last message was sent that was refused so; 0: there is none. */
	refused: { windowClosed: number; marketingLimited: number };
	/** A phone number that a message to the identifier may go to. */
	phone?: string;
}

interface Statement {
	at: number;
	says: Says;
	/** Said under a phone number and a user ID: a yes is the user ID's alone. */
	withBoth?: boolean;
}

/** Somebody as far as can be told: with what was said and written under each identifier. */
interface Somebody {
	wroteAt: number;
	wroteBefore: number;
	statements: Statement[];
	refused: Answer['refused'];
	phone?: string;
	/** By user IDs; who never had one is known by a number alone. */
	userIds: string[];
	/** The noes that stood under the number when it came to this one. */
	inherited: Statement[];
}

const nobody = (): Somebody => ({
	wroteAt: 0,
	wroteBefore: 0,
	statements: [],
	refused: { windowClosed: 0, marketingLimited: 0 },
	userIds: [],
	inherited: [],
});

/**
 * Whose an identifier is and what is known of its owner, worked out by going through what was told in
 * the order of its own time, as a careful person would who writes a card for everybody.
 */
export class IdentityOracle {
	/** Whose a number is now. */
	private readonly ofPhone = new Map<string, Somebody>();
	private readonly ofUserId = new Map<string, Somebody>();
	/** The person behind a user ID that was given up, and what is told of the ID since. */
	private readonly gaveUp = new Map<string, { person: Somebody; since: Somebody }>();
	/** All that was said under a number. */
	private readonly saidUnder = new Map<string, Statement[]>();

	constructor(told: readonly Told[]) {
		for (const one of [...told].sort((a, b) => happenedAt(a) - happenedAt(b))) this.take(one);
	}

	answer(id: string): Answer {
		const isUser = id.startsWith('US.');
		if (!isUser) return this.answerFor(this.ofPhone.get(id) ?? nobody());
		const given = this.gaveUp.get(id);
		if (!given) return this.answerFor(this.ofUserId.get(id) ?? nobody());
		const noes = [standingNo(given.person.statements), ...this.lateNoes(given.person)];
		const { since } = given;
		return answerOf({ ...since, statements: [...since.statements, ...noes.filter(isGiven)] });
	}

	private answerFor(person: Somebody): Answer {
		return answerOf({ ...person, statements: [...person.statements, ...this.lateNoes(person)] });
	}

	/** Nobody else ever gets a user ID: a no that is told of one that was given up is still a no. */
	private lateNoes(person: Somebody): Statement[] {
		return [...this.gaveUp.values()]
			.filter((given) => given.person === person)
			.flatMap(({ since }) => standingNo(since.statements) ?? []);
	}

	private take(told: Told): void {
		switch (told.kind) {
			case 'seen':
				this.see(told);
				break;
			case 'recorded':
				this.say(told.id, { at: told.at, says: told.says });
				break;
			case 'refused':
				this.refuse(told);
				break;
			case 'changed':
				this.change(told);
		}
	}

	private see({ at, phone, userId, writes, says }: Extract<Told, { kind: 'seen' }>): void {
		const person =
			userId === undefined ? this.withPhone(phone as string) : this.withUserId(userId, phone);
		if (writes) person.wroteAt = at;
		if (!says) return;
		const withBoth = phone !== undefined && userId !== undefined;
		person.statements.push({ at, says });
		if (phone !== undefined) this.noteUnder(phone, { at, says, withBoth });
	}

	private say(id: string, statement: Statement): void {
		if (!id.startsWith('US.')) {
			this.withPhone(id).statements.push(statement);
			this.noteUnder(id, statement);
			return;
		}
		const given = this.gaveUp.get(id);
		(given ? given.since : this.withUserId(id)).statements.push(statement);
	}

	/** Who has the name when a message is sent to it is refused, whatever becomes of the name. */
	private refuse({ id, why, sentAt }: Extract<Told, { kind: 'refused' }>): void {
		if (why === 'optedOut') {
			this.say(id, { at: sentAt, says: 'opted_out' });
			return;
		}
		const person = id.startsWith('US.') ? this.withUserId(id) : this.withPhone(id);
		person.refused = { ...person.refused, [why]: sentAt };
	}

	private noteUnder(phone: string, statement: Statement): void {
		this.saidUnder.set(phone, [...(this.saidUnder.get(phone) ?? []), statement]);
	}

	/** Whose the number is; a card of its own for a number of which nothing is known. */
	private withPhone(phone: string): Somebody {
		const person = this.ofPhone.get(phone) ?? { ...nobody(), phone };
		this.ofPhone.set(phone, person);
		return person;
	}

	private withUserId(userId: string, phone?: string): Somebody {
		let person = this.ofUserId.get(userId) ?? { ...nobody(), userIds: [userId] };
		this.ofUserId.set(userId, person);
		const given = this.gaveUp.get(userId);
		if (given) return given.since;
		if (phone === undefined || person.phone === phone) return person;

		const before = this.ofPhone.get(phone);
		const isStillNameless = before && before.userIds.length === 0 && !this.wasLeft.has(phone);
		if (isStillNameless) person = this.merge(person, before);
		else this.takeOver(phone, person);
		return person;
	}

	/** Numbers that somebody has left, and nobody has come to since. */
	private readonly wasLeft = new Set<string>();

	/** The first user ID that is seen with a number has had it before. */
	private merge(person: Somebody, nameless: Somebody): Somebody {
		person.wroteAt = Math.max(person.wroteAt, nameless.wroteAt);
		person.statements.push(...nameless.statements);
		person.refused = {
			windowClosed: Math.max(person.refused.windowClosed, nameless.refused.windowClosed),
			marketingLimited: Math.max(
				person.refused.marketingLimited,
				nameless.refused.marketingLimited,
			),
		};
		person.inherited.push(...nameless.inherited);
		person.phone = nameless.phone;
		if (nameless.phone) this.ofPhone.set(nameless.phone, person);
		return person;
	}

	/** The number is somebody else's from now on. */
	private takeOver(phone: string, person: Somebody): void {
		const no = standingNo(noted(this.saidUnder.get(phone)));
		const before = this.ofPhone.get(phone);
		if (before && before !== person) {
			before.phone = undefined;
			before.inherited = [];
		}
		person.phone = phone;
		person.inherited = before || this.wasLeft.has(phone) ? [no].filter(isGiven) : [];
		this.wasLeft.delete(phone);
		this.ofPhone.set(phone, person);
	}

	private leave(phone: string): void {
		const owner = this.ofPhone.get(phone);
		if (owner) {
			owner.phone = undefined;
			owner.inherited = [];
		}
		const no = standingNo(noted(this.saidUnder.get(phone)));
		this.wasLeft.add(phone);
		this.ofPhone.set(phone, { ...nobody(), phone, inherited: no ? [no] : [] });
	}

	/** Who has changed to what: to be told so again tells nothing. */
	private readonly changes = new Set<string>();

	private change({ from, to }: Extract<Told, { kind: 'changed' }>): void {
		const name = [...from, 'to', ...to].join(' ');
		if (this.changes.has(name)) return;
		this.changes.add(name);
		const [newPhone, newUserId] = [
			to.find((id) => !id.startsWith('US.')),
			to.find((id) => id.startsWith('US.')),
		];
		const oldUserId = from.find((id) => id.startsWith('US.'));
		const oldPhone = from.find((id) => !id.startsWith('US.'));
		const person = this.changing(oldUserId, oldPhone);
		for (const userId of new Set([...person.userIds, ...(oldUserId ? [oldUserId] : [])])) {
			if (this.gaveUp.has(userId)) continue;
			this.gaveUp.set(userId, { person, since: nobody() });
		}
		const phones = [oldPhone, person.phone === newPhone ? undefined : person.phone];
		for (const phone of phones) if (phone !== undefined) this.leave(phone);
		person.wroteBefore = Math.max(person.wroteBefore, person.wroteAt);
		person.wroteAt = 0;
		if (newUserId) {
			person.userIds.push(newUserId);
			this.ofUserId.set(newUserId, person);
		}
		if (newPhone && person.phone !== newPhone) this.takeOver(newPhone, person);
	}

	private changing(userId: string | undefined, phone: string | undefined): Somebody {
		if (userId === undefined) return this.withPhone(phone as string);
		const person = this.ofUserId.get(userId) ?? { ...nobody(), userIds: [userId] };
		this.ofUserId.set(userId, person);
		const other = phone === undefined ? undefined : this.ofPhone.get(phone);
		if (
			other &&
			other !== person &&
			other.userIds.length === 0 &&
			!this.wasLeft.has(phone as string)
		) {
			this.merge(person, other);
		}
		return person;
	}
}

/** A refusal is told later than it was earned. */
function happenedAt(told: Told): number {
	return told.kind === 'refused' ? told.sentAt : told.at;
}

function isGiven(statement: Statement | undefined): statement is Statement {
	return statement !== undefined;
}

function noted(statements: Statement[] = []): Statement[] {
	return statements.filter(({ withBoth, says }) => !(withBoth && says === 'opted_in'));
}

function newest(statements: readonly Statement[]): Statement | undefined {
	return [...statements].sort((a, b) => b.at - a.at)[0];
}

function standingNo(statements: readonly Statement[]): Statement | undefined {
	const last = newest(statements);
	return last?.says === 'opted_out' ? last : undefined;
}

function answerOf(somebody: Somebody): Answer {
	const { wroteAt, wroteBefore, statements, inherited, refused, phone } = somebody;
	return {
		wroteAt,
		wroteBefore: wroteAt > 0 ? 0 : wroteBefore,
		consent: newest([...statements, ...inherited])?.says ?? 'none',
		refused,
		phone,
	};
}
