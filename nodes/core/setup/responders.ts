import { missingFields } from '../callback/appFields';
import { COPY_BOTH } from '../callback/appSecret';

import { appIdOf, refusalIn, toldBy, type SetupFacts } from './facts';
import { notAnswered, notChecked, ok, warning, type Verdict } from './verdict';

/** What tells who of several responders has a conversation (Meta: Conversation Routing). */
const ROUTING_FIELDS = ['messaging_handovers', 'standby'];

const ROLES =
	'Who answers first, and who is the escalation partner, is set in Meta Business Suite under Conversation Routing.';

/** Whether other apps may answer on the number too, and whether the trigger is told what they have in hand. */
export function responders(facts: SetupFacts): Verdict {
	const refusal = refusalIn(facts.subscribedApps) ?? refusalIn(facts.app);
	if (refusal) return notAnswered(refusal);
	if (!facts.app) {
		return notChecked("This takes 'App ID' and 'App Secret' of the credential.", COPY_BOTH);
	}
	const subscription = toldBy(facts.app);
	const missing = subscription ? missingFields(subscription, ROUTING_FIELDS) : ROUTING_FIELDS;
	const others = (toldBy(facts.subscribedApps) ?? []).filter(({ id }) => id !== appIdOf(facts));
	const details = { otherApps: others.map(({ id, name }) => ({ id, name })), missing };
	if (others.length === 0) {
		return ok(
			'No other app receives the events of the business account. Whether Meta Business Agent answers on the number is not told here.',
			details,
		);
	}
	const names = others.map(({ id, name }) => `${name} (${id})`).join(', ');
	const who = `Other apps receive the events of the business account, and may answer on the number: ${names}.`;
	if (missing.length > 0) {
		return warning(
			`${who} The app does not subscribe to ${missing.join(' and ')}, so it is not known what they have in hand.`,
			`In the Meta app, open WhatsApp → Configuration → Webhook and subscribe to it. ${ROLES}`,
			details,
		);
	}
	if (facts.webhookUrl && subscription?.callbackUrl !== facts.webhookUrl) {
		return warning(
			`${who} Copies of what they have in hand come to the callback of the app alone, which is ${subscription?.callbackUrl}, not this trigger.`,
			`If nothing else needs the callback of the app, set 'Callback Level' of the trigger to 'App'. ${ROLES}`,
			details,
		);
	}
	return ok(`${who} The app is told what they have in hand. ${ROLES}`, details);
}
