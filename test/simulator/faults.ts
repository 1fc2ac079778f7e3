import { personOf, type Contact, type Contacts } from './contacts';
import { GraphError, type GraphErrorOptions } from './errors';
import type { Person } from './types';

export interface Fault extends GraphErrorOptions {
	/** Meta's code; default 131000. */
	code?: number;
	/** Only requests whose path contains this text (or matches), e.g. '/messages'. */
	path?: string | RegExp;
	method?: string;
	/** How many requests; default 1. */
	times?: number;
	/**
	 * 'before' (default): nothing happens but the answer. 'after': the request is carried out, and yet
	 * answered with the error. 'cut': the connection breaks without an answer, before anything happens.
	 * 'cutAfter': it breaks after the request was carried out. 'stall': the request is carried out, and
	 * its answer stops after {@link Fault.stallAfter} bytes. 'trickle': so it does, and then goes on with
	 * a byte now and then.
	 */
	when?: 'before' | 'after' | 'cut' | 'cutAfter' | 'stall' | 'trickle';
	/** How many bytes of the answer come at once; default 1. */
	stallAfter?: number;
}

export interface LateFault {
	/** The code in the `failed` status. */
	code: number;
	details?: string;
	/** Only messages to this contact. */
	to?: string | Person;
	/** How many messages; default 1. */
	times?: number;
}

/** Things that go wrong because a test wants them to. */
export class Faults {
	private requests: Array<Fault & { left: number }> = [];

	private messages: Array<LateFault & { left: number }> = [];

	failNext(fault: Fault): void {
		this.requests.push({ ...fault, left: fault.times ?? 1 });
	}

	failLater(fault: LateFault): void {
		this.messages.push({ ...fault, left: fault.times ?? 1 });
	}

	/** The fault for this request, used up. */
	forRequest(method: string, path: string): Fault | undefined {
		const fault = this.requests.find(
			(one) =>
				(one.method === undefined || one.method.toUpperCase() === method) &&
				(one.path === undefined ||
					(typeof one.path === 'string' ? path.includes(one.path) : one.path.test(path))),
		);
		if (fault && --fault.left <= 0) this.requests = this.requests.filter((one) => one !== fault);
		return fault;
	}

	/** The fault for an accepted message to this contact, used up. */
	forMessage(contact: Contact, contacts: Contacts): LateFault | undefined {
		const fault = this.messages.find(
			({ to }) => to === undefined || contacts.peek(personOf(to)) === contact,
		);
		if (fault && --fault.left <= 0) this.messages = this.messages.filter((one) => one !== fault);
		return fault;
	}

	clear(): void {
		this.requests = [];
		this.messages = [];
	}
}

/** The answer to a request that shall fail. */
export function errorOf(fault: Fault): GraphError {
	return new GraphError(fault.code ?? 131000, fault);
}
