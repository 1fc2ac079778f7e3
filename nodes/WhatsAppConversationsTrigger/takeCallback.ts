import { InputError } from '../core/inputError';
import { isSameTrigger } from '../core/setup/address';
import { COPY_BOTH } from '../core/setup/app';
import { APP_FIELDS } from '../core/setup/appFields';
import type { Registration } from '../core/state/registration';

import { ensureAppFields, isOurs, readAppCallback } from './appCallback';
import { LEVELS, levelsBefore, type Callback } from './callbackLevel';
import type { Claim, Note } from './claim';

/**
 * Makes a callback the trigger's own, and the account send its events to the app. What it takes the
 * place of is written down, in order to be put back.
 *
 * @throws InputError when the callback is somebody else's, or another one goes before it
 */
export async function takeCallback(claim: Claim, at: number, note: Note): Promise<void> {
	const { meta, level, url, verifyToken, neighbours } = claim;
	const { cloud, app } = meta;
	// First of all, because it tells whether the app's secret is right.
	const ofApp = await readAppCallback(claim);
	const current = await LEVELS[level].read(meta);
	requireFree(claim, current);
	await requireFirst(claim);

	const wasSubscribed = (await cloud.subscribedApps()).map(({ id }) => id);
	const ofAccount = neighbours.filter(
		({ businessAccountId }) => businessAccountId === cloud.businessAccountId,
	);
	let done: Registration = {
		at,
		businessNumberId: meta.businessNumberId,
		appId: app.appId,
		businessAccountId: cloud.businessAccountId,
		level,
		callbackUrl: url,
		...replacedBy(claim, current),
		subscribedApp:
			claim.done?.subscribedApp === true || ofAccount.some(({ subscribedApp }) => subscribedApp),
		gaveAppCallback:
			claim.done?.gaveAppCallback === true ||
			neighbours.some(({ gaveAppCallback }) => gaveAppCallback),
	};
	const noteAlso = (more: Partial<Registration>) => {
		done = { ...done, ...more };
		note(done);
	};
	noteAlso({});

	if (level !== 'app' && (await ensureAppFields(claim, ofApp))) noteAlso({ gaveAppCallback: true });
	if (current.url !== url) {
		const fields = [...new Set([...(current.fields ?? []), ...APP_FIELDS])];
		await LEVELS[level].set(meta, { url, fields }, verifyToken);
	}

	if (wasSubscribed.includes(app.appId)) return;
	// A callback of the account subscribes the app by itself.
	if (level !== 'businessAccount') await cloud.subscribeApp();
	noteAlso({ subscribedApp: true });
	await requireSameApp(claim, wasSubscribed);
}

function requireFree(claim: Claim, { url: current }: Callback): void {
	const isOwn = claim.level === 'app' ? isOurs(current, claim) : isSameTrigger(current, claim.url);
	if (!current || claim.mayReplace || isOwn) return;
	throw new InputError(
		'Business Number',
		`The deliveries of this 'Business Number' go to another callback already, that of ${LEVELS[claim.level].of}: ${current}.`,
		"Deactivate the workflow or the tool that uses it, or switch on 'Replace Another Callback'. Or set 'Registration' to 'Manual'.",
	);
}

/** Nothing would come to a callback of the account or the app while a more specific one is set. */
async function requireFirst({ meta, level, url }: Claim): Promise<void> {
	for (const other of levelsBefore(level)) {
		const { url: theirs } = await LEVELS[other].read(meta);
		if (!theirs || theirs === url) continue;
		throw new InputError(
			'Callback Level',
			`The deliveries of this 'Business Number' go to ${theirs}, the callback of ${LEVELS[other].of}, which goes before that of ${LEVELS[level].of}.`,
			"Deactivate the workflow or the tool that uses it, or set 'Callback Level' to 'Phone Number'.",
		);
	}
}

/** What the callback takes the place of, unless it is this trigger's own or a test's. */
function replacedBy(
	{ url, isTest, done }: Claim,
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
async function requireSameApp({ meta }: Claim, before: string[]): Promise<void> {
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
