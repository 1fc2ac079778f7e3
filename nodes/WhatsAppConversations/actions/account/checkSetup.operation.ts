import { updateDisplayOptions, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { checkSetup } from '../../../core/setup/checks';
import { gatherFacts, type SetupQuestion, type Sources } from '../../../core/setup/gather';
import { repair } from '../../../core/setup/repair';
import { rootOf } from '../../../core/transport/graphApi';
import { SetupApi } from '../../../core/transport/setupApi';
import {
	connectApp,
	credentialOf,
	sendPlainly,
	sendWithToken,
	type CloudApiCredential,
} from '../../../shared/connection';
import { verifyTokenOf } from '../../../shared/verifyToken';
import { senderOf } from '../../input/parameters';
import type { Session } from '../../run/session';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	{
		displayName: 'Webhook URL of the Trigger',
		name: 'webhookUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/…',
		hint: 'Copy the Production URL that the trigger shows at its top, under Webhook URLs',
		description:
			'Tells a callback of this trigger from one that belongs to somebody else. Leave it empty to see only where the deliveries go.',
	},
	{
		displayName: 'Repair',
		name: 'repair',
		type: 'boolean',
		default: false,
		description:
			'Whether to mend what the API allows: subscribe the app to the account, set the callback of the number to the webhook URL above, and give an app without a webhook its first one. A callback of somebody else is never replaced.',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['account'], operation: ['checkSetup'] } },
	properties,
);

export async function execute(
	context: IExecuteFunctions,
	i: number,
	session: Session,
): Promise<Result[]> {
	const { id: businessNumberId } = senderOf(context, i);
	const cloud = await session.meta('the check of a set-up at Meta');
	const credential = await credentialOf(context);
	const sources = sourcesOf(context, credential, cloud);
	const question: SetupQuestion = {
		credential: {
			hasAccessToken: credential.accessToken !== '',
			hasAppSecret: credential.appSecret !== '',
			appId: credential.appId,
			businessAccountId: credential.businessAccountId,
			apiVersion: credential.apiVersion,
			baseUrl: credential.baseUrl,
		},
		businessNumberId,
		webhookUrl: String(context.getNodeParameter('webhookUrl', i, '')).trim(),
	};

	let facts = await gatherFacts(sources, question, session.now());
	const repairs = context.getNodeParameter('repair', i, false) ? await repair(facts, sources) : {};
	if (Object.keys(repairs).length > 0) {
		facts = await gatherFacts(sources, question, session.now());
	}
	return checkSetup(facts).map(({ details, ...finding }) => ({
		json: {
			...finding,
			repaired: repairs[finding.check] ?? '',
			businessNumberId,
			details,
		},
	}));
}

function sourcesOf(
	context: IExecuteFunctions,
	credential: CloudApiCredential,
	cloud: Sources['cloud'],
): Sources {
	const { accessToken, appId, appSecret } = credential;
	return {
		cloud,
		setup: new SetupApi(sendWithToken(context), rootOf(credential)),
		...(appId && appSecret ? { app: connectApp(context, credential) } : {}),
		sendPlainly: sendPlainly(context),
		accessToken,
		verifyToken: verifyTokenOf(credential),
	};
}
