import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { InputError } from '../../../core/inputError';
import { businessNumberProperty } from '../../../shared/businessNumber';
import { sendOnce, skipUnreadable } from '../../broadcast/sendOnce';
import { broadcastNameProperty, broadcastStateProperties } from '../../descriptions/broadcast';
import {
	cleanUpOption,
	convertMarkdownOption,
	messagesPerSecondOption,
	templateCategoryOption,
	templateConsentOptions,
} from '../../descriptions/options';
import { recipientProperty } from '../../descriptions/recipient';
import { chosenTemplateNames, chosenTemplateProperties } from '../../descriptions/template';
import { broadcastNameOf } from '../../input/broadcastName';
import type { Item } from '../../run/item';
import { envelopeOf } from '../../send/envelope';
import { chosenTemplate } from '../../templates/chosen';
import { readyTemplate } from '../../templates/readyTemplate';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	businessNumberProperty,
	broadcastNameProperty,
	recipientProperty,
	...chosenTemplateProperties,
	...broadcastStateProperties,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			cleanUpOption,
			...templateConsentOptions,
			convertMarkdownOption,
			messagesPerSecondOption,
			{
				displayName: 'Repeat Uncertain',
				name: 'repeatUncertain',
				type: 'boolean',
				default: false,
				description:
					'Whether to send again where a run was cut short between the request and its answer. Who got the message then gets it twice.',
			},
			templateCategoryOption,
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['broadcast'], operation: ['send'] } },
	properties,
);

/**
 * Beside its request, each item waits until its claim is written down. Were there more, more would be
 * uncertain after a kill.
 */
export const atOnce = 48;

export async function execute(item: Item): Promise<Result> {
	const { session } = item;
	const run = await session.broadcasts.run(broadcastNameOf(item), session);
	const envelope = await envelopeOf(item).catch((error: unknown) => {
		// One wrong number in a long list is for the report.
		if (error instanceof InputError && error.field === 'To') return error;
		throw error;
	});
	if (envelope instanceof InputError) {
		return { json: await skipUnreadable(run, item.parameter('to', ''), envelope) };
	}
	const ready = async () =>
		await readyTemplate(item, await chosenTemplate(item, chosenTemplateNames));
	return { json: await sendOnce(item, run, envelope, ready) };
}
