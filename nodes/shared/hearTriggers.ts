import type { IExecuteFunctions, IHookFunctions } from 'n8n-workflow';

import { ALL_NUMBERS } from '../core/conversation/consent';
import type { Unread } from '../core/conversation/decide';
import type { Listener } from '../core/state/listeners';
import { processState } from '../core/state/processState';

import { sendPlainly } from './connection';
import { deliveryAddresses } from './deliveryAddresses';
import { ring, wasHeard, type Answer, type Call } from './doorbell';
import { now } from './workflowState';

/** When this process began, epoch seconds: what contacts told later came to it. */
const BEGAN_AT = now();

/** How long after it failed it is tried again. */
const PAUSE_SECONDS = 30;

/** For how long after its start an older n8n may not yet know all of its webhooks. */
const STARTING_SECONDS = 60;

/** How often an address is asked that does not answer. */
const TRIES = 3;

/** Rows may tell of further triggers, theirs of others; it ends by itself, but not on damaged rows. */
const MOST_ROUNDS = 5;

/** What became of asking the triggers of one business number. */
interface Hearing {
	running?: Promise<void>;
	/** Whether the provider was asked, and no address that it named is left to be heard. */
	isAsked: boolean;
	/** Epoch seconds. */
	failedAt: number;
	unread?: Unread;
}

/** By business number. */
const hearings = new Map<string, Hearing>();

/** Business numbers of which something is yet to be told to triggers, with the time of the last try. */
const untold = new Map<string, number>();

/**
 * Sees that this process has read what the triggers of a business number have on record (E55): n8n
 * reads a workflow's row only when the workflow runs or receives something, and this may be the
 * first run after a start. Done once for each number, and awaited by all who ask meanwhile.
 *
 * @returns why something may be missing; undefined when nothing is
 */
export async function hearTriggers(
	context: IExecuteFunctions,
	businessNumberId: string,
): Promise<Unread | undefined> {
	const hearing = hearings.get(businessNumberId) ?? { isAsked: false, failedAt: -Infinity };
	hearings.set(businessNumberId, hearing);
	if (isHeard(businessNumberId, hearing)) return undefined;
	if (!hearing.running && now() - hearing.failedAt < PAUSE_SECONDS) return hearing.unread;
	hearing.running ??= hear(context, businessNumberId, hearing).finally(() => {
		hearing.running = undefined;
	});
	await hearing.running;
	return hearing.unread;
}

/**
 * Whether a published trigger receives what contacts write to a number; undefined where this process was
 * told of none, as a worker of the queue mode.
 */
export function hasTrigger(businessNumberId: string): boolean | undefined {
	return processState.isReached ? triggersOf(businessNumberId).size > 0 : undefined;
}

function isHeard(businessNumberId: string, { isAsked }: Hearing): boolean {
	const triggers = triggersOf(businessNumberId);
	return (isAsked || triggers.size > 0) && silent(triggers).length === 0;
}

async function hear(
	context: IExecuteFunctions,
	businessNumberId: string,
	hearing: Hearing,
): Promise<void> {
	const failed = await hearKnown(context, businessNumberId);
	const isKnown = triggersOf(businessNumberId).size > 0 && failed.length === 0;
	const unread = isKnown ? undefined : await hearNamed(context, businessNumberId, hearing);
	giveUp(businessNumberId, failed);
	const left = new Map(silent(triggersOf(businessNumberId)));
	const [first] = failed.filter(({ trigger }) => left.has(trigger));
	hearing.unread = first ? unreadBecause(first.answer, first.url) : unread;
	hearing.failedAt = hearing.unread ? now() : -Infinity;
}

interface Failure {
	trigger: string;
	url: string;
	answer: Answer;
}

/**
 * Ends triggers that n8n itself no longer knows, where another one of the number was published later:
 * it has taken their place. Whoever unpublishes a trigger leaves what its row holds to the others;
 * where nobody does, its row may be lost for good, and this is the way out.
 */
function giveUp(businessNumberId: string, failed: Failure[]): void {
	if (now() - BEGAN_AT < STARTING_SECONDS) return;
	const triggers = triggersOf(businessNumberId);
	const heard = [...triggers].filter(([trigger]) => wasHeard(trigger));
	for (const { trigger, answer } of failed) {
		const since = triggers.get(trigger)?.at ?? 0;
		const isReplaced = answer === 'unregistered' && heard.some(([, { at }]) => at > since);
		if (isReplaced) processState.listeners.end(trigger, Date.now());
	}
}

/** Asks the triggers on the list, and those that their rows name. */
async function hearKnown(context: IExecuteFunctions, businessNumberId: string): Promise<Failure[]> {
	const call: Call = { purpose: 'read', businessNumberIds: [businessNumberId] };
	const failed = new Map<string, Failure>();
	const isNew = ([trigger]: [string, Listener]) => !failed.has(trigger);
	// What was said for all numbers may have been told to the triggers of others.
	await Promise.all(
		silent(processState.listeners.all())
			.filter(([trigger]) => !triggersOf(businessNumberId).has(trigger))
			.map(
				async ([, listener]) =>
					await ringAt(context, listener, { ...call, businessNumberIds: [] }, 1),
			),
	);
	for (let round = 0; round < MOST_ROUNDS; round++) {
		const asked = silent(triggersOf(businessNumberId)).filter(isNew);
		if (asked.length === 0) break;
		await Promise.all(
			asked.map(async ([trigger, listener]) => {
				const answer = await ringAt(context, listener, call, TRIES);
				if (answer !== 'heard') failed.set(trigger, { trigger, url: listener.url, answer });
			}),
		);
	}
	return [...failed.values()];
}

/**
 * Asks the provider where it delivers, and there. It is the only one to know where no workflow's row
 * names a trigger, as with a workflow that has never run.
 */
async function hearNamed(
	context: IExecuteFunctions,
	businessNumberId: string,
	hearing: Hearing,
): Promise<Unread | undefined> {
	if (hearing.isAsked) return undefined;
	const addresses = await deliveryAddresses(context, businessNumberId);
	if (!addresses) return { before: BEGAN_AT, ...PROVIDER_SILENT };
	const known = new Set(Array.from(triggersOf(businessNumberId).values(), ({ url }) => url));
	const own = [...new Set(addresses)].filter((url) => isOurs(context, url) && !known.has(url));
	const call: Call = { purpose: 'read', businessNumberIds: [businessNumberId] };
	const answers = await Promise.all(
		own.map(async (url) => ({ url, answer: await ringAt(context, { url }, call, TRIES) })),
	);
	const failed = answers.find(({ answer }) => answer !== 'heard' && answer !== 'notOurs');
	hearing.isAsked = !failed;
	return failed && unreadBecause(failed.answer, failed.url);
}

/**
 * Has the triggers of business numbers write their rows, with what a run of another workflow has
 * learned: after a restart theirs are the rows that everybody reads first. What fails is tried again
 * with a later run.
 *
 * @param except a trigger, or all of a workflow, by the beginning of its name
 */
export async function tellTriggers(
	context: IExecuteFunctions | IHookFunctions,
	businessNumberIds: Iterable<string>,
	except: string,
): Promise<void> {
	const told = new Set(businessNumberIds);
	for (const id of told) untold.set(id, -Infinity);
	const due = [...untold].filter(([, triedAt]) => now() - triedAt >= PAUSE_SECONDS);
	await Promise.all(
		due.map(async ([id]) => {
			const triggers = id === ALL_NUMBERS ? processState.listeners.all() : triggersOf(id);
			const call: Call = { purpose: 'save', businessNumberIds: [id] };
			const answers = await Promise.all(
				[...triggers]
					// What others have yet to tell, they were not the exception for.
					.filter(([trigger]) => !(told.has(id) && trigger.startsWith(except)))
					.map(async ([, listener]) => await ringAt(context, listener, call, 1)),
			);
			if (answers.every((answer) => answer === 'heard')) untold.delete(id);
			else untold.set(id, now());
		}),
	);
}

/** The triggers of a business number, and those that were set up without one. */
function triggersOf(businessNumberId: string): Map<string, Listener> {
	const { listeners } = processState;
	return new Map([...listeners.of(businessNumberId), ...listeners.of('')]);
}

function silent(triggers: Map<string, Listener>): Array<[string, Listener]> {
	return [...triggers].filter(([trigger]) => !wasHeard(trigger));
}

async function ringAt(
	context: IExecuteFunctions | IHookFunctions,
	{ url, localUrl }: Pick<Listener, 'url' | 'localUrl'>,
	call: Call,
	tries: number,
): Promise<Answer> {
	const origin = originOf(context);
	const here = origin ? `${origin}${new URL(url).pathname}` : url;
	return await ring(sendPlainly(context), localUrl ? [here, localUrl] : [here], call, tries);
}

/** Whether an address may be that of a trigger of ours on this n8n; others are left alone. */
function isOurs(context: IExecuteFunctions, url: string): boolean {
	const { origin, pathname } = new URL(url);
	return origin === originOf(context) && /\/[^/]+\/webhook$/.test(pathname);
}

/** Scheme and host at which this n8n has its webhooks now; undefined where it does not say. */
function originOf(context: IExecuteFunctions | IHookFunctions): string | undefined {
	try {
		const url: unknown =
			'getInputData' in context
				? context.getWorkflowDataProxy(0).$execution.resumeUrl
				: context.getNodeWebhookUrl('default');
		return new URL(String(url)).origin;
	} catch {
		return undefined;
	}
}

const STARTED = 'n8n was started anew, and what the trigger has on record could not be read:';

const PROVIDER_SILENT = {
	why: 'n8n was started anew, and the provider did not tell which trigger gets the deliveries.',
	mend: "Try again in a minute, or let the trigger's workflow get a message first.",
};

function unreadBecause(answer: Answer, who: string): Unread {
	return { before: BEGAN_AT, ...TEXTS[answer](who) };
}

const TEXTS: Record<Answer, (who: string) => Pick<Unread, 'why' | 'mend'>> = {
	heard: () => ({ why: '', mend: '' }),
	notOurs: (who) => TEXTS.unreachable(who),
	timedOut: (who) => TEXTS.unreachable(who),
	unreachable: (who) => ({
		why: `${STARTED} ${who} did not answer.`,
		mend: "See that n8n can reach its own address, WEBHOOK_URL, from inside; a message to the trigger's workflow helps too. Publish that workflow if it is not.",
	}),
	unregistered: (who) => ({
		why: `${STARTED} no published workflow listens at ${who} any more.`,
		mend: 'Publish the workflow with the trigger. If it is gone for good, publish another one with a trigger for this business number.',
	}),
	otherProcess: (who) => ({
		why: `${STARTED} ${who} is answered by another process of n8n.`,
		mend: "Choose 'n8n Data Table' under 'Conversation State', in the trigger too.",
	}),
};
