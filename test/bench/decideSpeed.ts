import {
	decide,
	DEFAULT_POLICY,
	type Decision,
	type Outgoing,
} from '../../nodes/core/conversation/decide';
import { NO_FACTS } from '../../nodes/core/conversation/facts';
import { Replica } from '../../nodes/core/state/memory/replica';

import { activeContacts, NOW } from './activeContacts';
import { median, millisecondsOf } from './compare';

const CONTACTS = 100_000;
const ROUNDS = 31;
const DAY_SECONDS = 86_400;

const MESSAGES: Outgoing[] = [
	{ kind: 'freeForm' },
	{ kind: 'reaction' },
	{ kind: 'template', category: 'utility' },
	{ kind: 'template', category: 'marketing' },
];

/**
 * Decisions in a second by one thread, as a send takes them: the contact is looked up among
 * 100,000, and the rules are asked. Open and closed windows, some opt-ins and opt-outs, free-form
 * messages and templates take turns.
 */
export function decidePerSecond(): number {
	const contacts = activeContacts(CONTACTS);
	const replica = new Replica();
	replica.watch('trigger', NOW - 3 * DAY_SECONDS);
	contacts.forEach(({ phone, lastInboundAt }, index) => {
		const state = index % 10 === 5 ? 'opted_in' : 'opted_out';
		replica.join(
			{ phone },
			{
				...NO_FACTS,
				lastInboundAt: index % 2 === 0 ? lastInboundAt : lastInboundAt - DAY_SECONDS,
				consent: index % 5 === 0 ? [{ scope: 'all', state, at: NOW, source: 'keyword' }] : [],
			},
		);
	});

	const decideAll = () => {
		const counts: Record<Decision['outcome'], number> = {
			allowed: 0,
			templateNeeded: 0,
			blocked: 0,
			held: 0,
		};
		contacts.forEach(({ phone }, index) => {
			const { watchedSince } = replica;
			const state = { facts: replica.factsOf({ phone }), watchedSince };
			const message = MESSAGES[(index + (index >> 3)) % MESSAGES.length];
			counts[decide(message, state, DEFAULT_POLICY, NOW).outcome]++;
		});
		return counts;
	};

	const { allowed, templateNeeded, blocked } = decideAll();
	console.error(`  ${allowed} allowed, ${templateNeeded} need a template, ${blocked} blocked`);
	const rounds = Array.from({ length: ROUNDS }, () => millisecondsOf(decideAll));
	return (CONTACTS / median(rounds)) * 1_000;
}

/** How long one of the decisions of {@link decidePerSecond} takes, in microseconds. */
export function decideMicroseconds(): number {
	return 1e6 / decidePerSecond();
}
