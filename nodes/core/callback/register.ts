import { InputError } from '../inputError';

import { isAnothers, isSameTrigger } from './address';
import { ensureAppFields, isOurs, readAppCallback } from './appCallback';
import { withAppFields } from './appFields';
import { COPY_BOTH } from './appSecret';
import { LEVELS, levelsBefore, type Callback } from './levels';
import { ownerOf } from './owner';
import type { CallbackPlan, RecordRegistration } from './plan';
import type { Registration } from './registration';

/**
 * Makes a callback the trigger's own, and the account send its events to the app. What it takes the
 * place of is recorded, in order to be put back.
 *
 * @throws InputError when the callback is somebody else's, or another one goes before it
 */
export async function registerCallback(
	plan: CallbackPlan,
	at: number,
	record: RecordRegistration,
): Promise<void> {
	const { meta, level, url, verifyToken, otherTriggers } = plan;
	const { cloud, app } = meta;
	// First of all, because it tells whether the app's secret is right.
	const ofApp = await readAppCallback(plan);
	const current = await LEVELS[level].read(meta);
	requireFree(plan, current);
	await requireFirst(plan);

	const wasSubscribed = (await cloud.subscribedApps()).map(({ id }) => id);
	const ofAccount = otherTriggers.filter(
		({ businessAccountId }) => businessAccountId === cloud.businessAccountId,
	);
	let done: Registration = {
		at,
		businessNumberId: meta.businessNumberId,
		appId: app.appId,
		businessAccountId: cloud.businessAccountId,
		level,
		callbackUrl: url,
		...replacedBy(plan, current),
		subscribedApp:
			plan.done?.subscribedApp === true || ofAccount.some(({ subscribedApp }) => subscribedApp),
		gaveAppCallback:
			plan.done?.gaveAppCallback === true ||
			otherTriggers.some(({ gaveAppCallback }) => gaveAppCallback),
	};
	const recordAlso = (more: Partial<Registration>) => {
		done = { ...done, ...more };
		record(done);
	};
	recordAlso({});

	if (level !== 'app' && (await ensureAppFields(plan, ofApp)))
		recordAlso({ gaveAppCallback: true });
	if (current.url !== url) {
		const fields = withAppFields(current.fields);
		await LEVELS[level].set(meta, { url, fields }, verifyToken);
	}

	if (wasSubscribed.includes(app.appId)) return;
	// A callback of the account subscribes the app by itself.
	if (level !== 'businessAccount') await cloud.subscribeApp();
	recordAlso({ subscribedApp: true });
	await requireSameApp(plan, wasSubscribed);
}

function requireFree(plan: CallbackPlan, { url: current }: Callback): void {
	const isFree =
		plan.level === 'app' ? !current || isOurs(current, plan) : !isAnothers(current, plan.url);
	if (isFree || plan.mayReplace) return;
	const { who, mend } = ownerOf(current, plan.url, plan.workflowAt);
	throw new InputError(
		'Business Number',
		`The messages of this 'Business Number' go to ${who || `another callback, that of ${LEVELS[plan.level].of} (${current})`} already.`,
		`${mend}, or add 'Replace Another Callback' under Options, so that they come here.`,
	);
}

/** Nothing would come to a callback of the account or the app while a more specific one is set. */
async function requireFirst({ meta, level, url, workflowAt }: CallbackPlan): Promise<void> {
	for (const other of levelsBefore(level)) {
		const { url: theirs } = await LEVELS[other].read(meta);
		if (!theirs || theirs === url) continue;
		const { who, mend } = ownerOf(theirs, url, workflowAt);
		throw new InputError(
			'Callback Level',
			`The messages of this 'Business Number' go to ${theirs}, the callback of ${LEVELS[other].of}, which goes before that of ${LEVELS[level].of}.${who && ` It leads to ${who}.`}`,
			`${mend}, or set 'Callback Level' to 'Phone Number'.`,
		);
	}
}

/** What the callback takes the place of, unless it is this trigger's own or a test's. */
function replacedBy(
	{ url, isTest, done }: CallbackPlan,
	{ url: current, fields }: Callback,
): Pick<Registration, 'replacedUrl' | 'replacedFields'> {
	if (current === url) {
		const { replacedUrl, replacedFields } = done?.callbackUrl === url ? done : {};
		return { ...(replacedUrl && { replacedUrl }), ...(replacedFields && { replacedFields }) };
	}
	// The production address takes the place of a test's for good, and of its own old one.
	if (!current || (isSameTrigger(current, url) && !isTest)) return {};
	return { replacedUrl: current, ...(fields && { replacedFields: fields }) };
}

/** The request subscribes the app of the token, whatever the credential says. */
async function requireSameApp({ meta }: CallbackPlan, before: string[]): Promise<void> {
	const { cloud, app } = meta;
	const subscribed = (await cloud.subscribedApps()).map(({ id }) => id);
	if (subscribed.includes(app.appId)) return;
	const [other] = subscribed.filter((id) => !before.includes(id));
	if (other) await cloud.unsubscribeApp();
	throw new InputError(
		'App ID',
		`The access token belongs to ${other ? `the app ${other}` : 'another app'}, but 'App ID' is ${app.appId}. Deliveries would be signed by the token's app.`,
		COPY_BOTH,
	);
}
