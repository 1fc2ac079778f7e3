import { switchedOff } from '../callback/appCallback';
import { APP_FIELDS, missingFields } from '../callback/appFields';
import { COPY_BOTH, isWrongSecret, WRONG_SECRET } from '../callback/appSecret';

import { appIdOf, refusalIn, toldBy, type SetupFacts } from './facts';
import { failed, notAnswered, notChecked, ok, type Verdict } from './verdict';

/** Whether ID and secret belong together, and to the app of the token. */
export function metaApp({ credential, app, token }: SetupFacts): Verdict {
	const { appId, hasAppSecret } = credential;
	if (!appId || !hasAppSecret) {
		return failed(
			`The credential has no '${appId ? 'App Secret' : 'App ID'}', which the trigger needs to prove deliveries.`,
			COPY_BOTH,
		);
	}
	const refusal = refusalIn(app);
	if (refusal && isWrongSecret(refusal)) {
		return failed(WRONG_SECRET, COPY_BOTH, { code: refusal.code });
	}
	if (refusal) return notAnswered(refusal);
	const ofToken = toldBy(token)?.appId ?? '';
	if (ofToken && ofToken !== appId) {
		return failed(
			`The access token belongs to the app ${ofToken}, but 'App ID' is ${appId}. Deliveries are signed by the token's app.`,
			'Put ID and secret of the app for which the token was made into the credential, or make a token for this app.',
			{ appOfToken: ofToken },
		);
	}
	return ok("'App Secret' belongs to 'App ID'.");
}

/** Whether the business account sends its events to the app at all (Meta: Subscribed apps). */
export function appSubscribed(facts: SetupFacts): Verdict {
	const refusal = refusalIn(facts.subscribedApps);
	if (refusal) return notAnswered(refusal);
	const apps = toldBy(facts.subscribedApps) ?? [];
	const details = { subscribedApps: apps.map(({ id, name }) => ({ id, name })) };
	const appId = appIdOf(facts);
	if (!appId) {
		return notChecked(
			'Without the app ID it is not known which app to look for.',
			COPY_BOTH,
			details,
		);
	}
	if (apps.some(({ id }) => id === appId)) {
		return ok('The app receives the events of the business account.', details);
	}
	const others = apps.map(({ id, name }) => `${name} (${id})`).join(', ');
	return failed(
		`The business account sends nothing to the app ${appId}. ${others ? `Subscribed are: ${others}.` : 'No app is subscribed to it.'}`,
		"Publish (activate) a workflow with the trigger and 'Register With Meta Automatically' on, or run this check with 'Repair'.",
		details,
	);
}

/**
 * Whether the app asks for messages. Overrides change the address alone: what the app does not
 * subscribe to is delivered nowhere (Meta: Webhook overrides).
 */
export function appFields({ app }: SetupFacts): Verdict {
	if (!app) return notChecked("This takes 'App ID' and 'App Secret' of the credential.", COPY_BOTH);
	const refusal = refusalIn(app);
	if (refusal) return notAnswered(refusal);
	const subscription = toldBy(app);
	if (!subscription) {
		return failed(
			'The app has no webhook for WhatsApp yet, so nothing is delivered.',
			"Publish (activate) a workflow with the trigger and 'Register With Meta Automatically' on: it sets one. Or run this check with 'Repair' and the webhook URL.",
		);
	}
	const { callbackUrl, fields, isActive } = subscription;
	const missing = missingFields(subscription, APP_FIELDS);
	const details = { callbackUrl, fields, missing };
	if (!isActive) {
		return failed(
			switchedOff(subscription),
			'In the Meta app, open WhatsApp → Configuration → Webhook and save an address there that answers.',
			details,
		);
	}
	if (missing.includes('messages')) {
		return failed(
			"The app does not subscribe to the field 'messages', so no message is delivered.",
			"In the Meta app, open WhatsApp → Configuration → Webhook and subscribe to 'messages'.",
			details,
		);
	}
	return ok(
		missing.length > 0
			? `The app subscribes to messages. It does not subscribe to: ${missing.join(', ')}; such events do not come.`
			: 'The app subscribes to all that the trigger understands.',
		details,
	);
}
