import { businessAccount, businessNumber, payment, sending } from './account';
import { apiVersion } from './apiVersion';
import { appFields, appSubscribed, metaApp } from './app';
import { callback, callbackAddress } from './callback';
import type { SetupFacts } from './facts';
import { displayName, limits, quality, registered, verified } from './number';
import { ownAddress } from './ownAddress';
import { responders } from './responders';
import { accessToken, permissions } from './token';
import type { Rule, Verdict } from './verdict';

interface Check {
	check: string;
	title: string;
	/** What depends on it. */
	why: string;
	rule: Rule;
}

/** A check and what came of it. */
export interface Finding extends Omit<Check, 'rule'>, Verdict {}

/** All checks, in the order in which a set-up is made. */
const CHECKS: Check[] = [
	{
		check: 'accessToken',
		title: 'Access Token',
		why: 'Without a valid token Meta answers no request, and no message goes out.',
		rule: accessToken,
	},
	{
		check: 'permissions',
		title: 'Permissions of the Token',
		why: 'One permission is for sending and receiving messages, the other for numbers, templates and webhooks.',
		rule: permissions,
	},
	{
		check: 'metaApp',
		title: 'Meta App',
		why: 'Deliveries are signed with the secret of the app; the trigger refuses those that it cannot prove.',
		rule: metaApp,
	},
	{
		check: 'apiVersion',
		title: 'API Version',
		why: 'Each version of the Graph API lives about two years.',
		rule: apiVersion,
	},
	{
		check: 'businessAccount',
		title: 'Business Account',
		why: 'Numbers, templates and webhooks belong to the WhatsApp Business account.',
		rule: businessAccount,
	},
	{
		check: 'businessNumber',
		title: 'Business Number',
		why: "The account's events come for its own numbers alone.",
		rule: businessNumber,
	},
	{
		check: 'registered',
		title: 'Registration of the Number',
		why: 'A number that is not registered neither sends nor receives.',
		rule: registered,
	},
	{
		check: 'verified',
		title: 'Verification of the Number',
		why: 'Only a verified number can be registered.',
		rule: verified,
	},
	{
		check: 'displayName',
		title: 'Display Name',
		why: 'Without an approved name contacts may see the number alone, and limits stay low.',
		rule: displayName,
	},
	{
		check: 'quality',
		title: 'Quality Rating',
		why: 'A low rating lowers limits and pauses templates.',
		rule: quality,
	},
	{
		check: 'limits',
		title: 'Limits',
		why: 'They say how many contacts can be written to, and how fast.',
		rule: limits,
	},
	{
		check: 'sending',
		title: 'Health Status',
		why: 'Meta names here what keeps messages from going out.',
		rule: sending,
	},
	{
		check: 'payment',
		title: 'Payment Method',
		why: 'Messages are billed; without a payment method they come back as failed.',
		rule: payment,
	},
	{
		check: 'appSubscribed',
		title: 'App Subscribed to the Account',
		why: 'The account sends its events only to apps that are subscribed to it.',
		rule: appSubscribed,
	},
	{
		check: 'appFields',
		title: 'Webhook Fields of the App',
		why: 'What the app does not subscribe to is delivered nowhere, whatever callback is set.',
		rule: appFields,
	},
	{
		check: 'callback',
		title: 'Callback',
		why: 'Of three callbacks the most specific one takes the deliveries: of the number, of the account, of the app.',
		rule: callback,
	},
	{
		check: 'callbackAddress',
		title: 'Address of the Trigger',
		why: 'Meta delivers over https to public addresses with a certificate of a public authority.',
		rule: callbackAddress,
	},
	{
		check: 'responders',
		title: 'Other Responders',
		why: 'Where several apps answer on one number, one of them has a conversation at a time.',
		rule: responders,
	},
	{
		check: 'ownAddress',
		title: 'Address for Answers',
		why: "The trigger hands answers to questions to n8n's own address.",
		rule: ownAddress,
	},
];

/** What each check makes of the facts. */
export function checkSetup(facts: SetupFacts): Finding[] {
	return CHECKS.map(({ rule, check, title, why }) => {
		const { status, what, how, details } = rule(facts);
		// In the order in which people read a table.
		return { check, title, status, what, how, why, details };
	});
}
