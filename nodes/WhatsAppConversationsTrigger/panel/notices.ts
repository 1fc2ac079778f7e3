import type { INodeProperties } from 'n8n-workflow';

function notice(name: string, displayName: string): INodeProperties {
	return { displayName, name, type: 'notice', default: '' };
}

export const checkSetupNotice = notice(
	'checkSetupNotice',
	"If nothing arrives, <b>Check Setup</b> says why. It is an operation of the node 'WhatsApp Conversations', under the resource 'Account'.",
);

export const appEventsNotice = notice(
	'appEventsNotice',
	"Account events and consent changes go to the callback of the Meta app alone. To receive them here, set 'Callback Level' to 'App', best in a workflow of its own. At the other levels they come only if the app had no callback before this trigger gave it one.",
);

export const manualNotice = notice(
	'manualNotice',
	'In the Meta app, open WhatsApp → Configuration → Webhook. Paste the Production URL shown above under Webhook URLs as Callback URL and the text below as Verify Token, then subscribe to the field <b>messages</b>. The workflow must be published (active) when you save there.',
);

export const manualOptionNotice = notice(
	'manualOptionNotice',
	"Add the option 'Verify Token'. In the Meta app, open WhatsApp → Configuration → Webhook. Paste the Production URL shown above under Webhook URLs as Callback URL and the text of that option as Verify Token, then subscribe to the field <b>messages</b>. The workflow must be published (active) when you save there.",
);

export const stateTableNotice = notice(
	'stateTableNotice',
	"Choose the credential for the n8n Data Table API at the top, and add the option 'State Table'.",
);

export const compatibleNotice = notice(
	'compatibleNotice',
	"Only 360dialog is told by the trigger where to deliver. For every other provider switch off 'Register With Meta Automatically'.",
);

export const compatibleManualNotice = notice(
	'compatibleManualNotice',
	'Paste the production URL shown above into the portal of the provider, and have the secret of the credential sent along. Kapso has to deliver webhooks of the kind <b>meta</b>, Gupshup those of version 3.',
);

export const clickatellNotice = notice(
	'clickatellNotice',
	"Paste the production URL shown above into the Clickatell portal, for replies and for statuses alike, with <b>?token=</b> and the 'Webhook Token' of the credential at its end. 'Business Number' is the number itself.",
);
