import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { checkSetup } from '../../../core/setup/checks';
import { gatherFacts, type SetupQuestion } from '../../../core/setup/gather';
import { repair } from '../../../core/setup/repair';
import { byUrgency, summaryOf } from '../../../core/setup/summary';
import { ProviderRefusal } from '../../../core/transport/providerRefusal';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import { showsWhatMattersFirst, SINCE_1_1 } from '../../version';
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
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: SINCE_1_1 },
		options: [
			{
				displayName: 'Details',
				name: 'details',
				type: 'boolean',
				default: true,
				description:
					"Whether each item has 'details', with the numbers, names and addresses that its sentences are about",
			},
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['account'], operation: ['checkSetup'] } },
	properties,
);

export async function execute(item: Item): Promise<Result[]> {
	const { session } = item;
	const number = await senderOf(item).then(({ id }) => ({ businessNumberId: id }), tokenRefused);
	const { credential, sources } = await session.setup('the check of a set-up at Meta');
	const question: SetupQuestion = {
		credential: {
			hasAccessToken: credential.accessToken !== '',
			hasAppSecret: credential.appSecret !== '',
			appId: credential.appId,
			businessAccountId: credential.businessAccountId,
			apiVersion: credential.apiVersion,
			baseUrl: credential.baseUrl,
		},
		...number,
		webhookUrl: String(item.parameter('webhookUrl', '')).trim(),
		self: await session.reachesItself(),
	};

	let facts = await gatherFacts(sources, question, session.now());
	const repairs = item.parameter('repair', false) ? await repair(facts, sources) : {};
	if (Object.keys(repairs).length > 0) {
		facts = await gatherFacts(sources, question, session.now());
	}
	const isNew = showsWhatMattersFirst(item.getNode());
	const findings = checkSetup(facts);
	const shown = isNew ? [summaryOf(findings), ...byUrgency(findings)] : findings;
	return shown.map(({ details, ...finding }) => ({
		json: {
			...finding,
			repaired: repairs[finding.check] ?? '',
			businessNumberId: number.businessNumberId,
			...((!isNew || item.options.details === true) && { details }),
		} as IDataObject,
	}));
}

/** The check tells of a token that Meta does not take, also where nobody chose a number. */
function tokenRefused(error: unknown): Pick<SetupQuestion, 'businessNumberId' | 'unknownNumber'> {
	if (!(error instanceof ProviderRefusal && error.refusal.kind === 'auth')) throw error;
	return { businessNumberId: '', unknownNumber: error.refusal };
}
