import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { isHeld, sendOrHold } from '../../ask/hold';
import { closedWindowProperties } from '../../descriptions/closedWindow';
import { recipientProperty } from '../../descriptions/recipient';
import type { Item } from '../../run/item';
import { sendByWindow } from '../../send/byWindow';
import { draftOf } from '../../send/draft';
import { envelopeOf } from '../../send/envelope';
import { sendHsm } from '../../send/hsm';
import { outcomeView } from '../../views/outcomeView';
import type { Result } from '../operation';

import { contentProperties, prepareMessage } from './content';
import { sendOptions } from './sendOptions';

const properties: INodeProperties[] = [
	recipientProperty,
	...contentProperties,
	...closedWindowProperties,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: sendOptions,
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['message'], operation: ['send'] } },
	properties,
);

/** The message goes by the window, an HSM as the template that it stands for. */
export async function execute(item: Item): Promise<Result> {
	const envelope = await envelopeOf(item);
	const message = await prepareMessage(item);
	const draft = await draftOf(item, envelope, message);
	const { converted } = message;
	const shown = (json: IDataObject) => outcomeView(item.getNode(), json);
	if (converted?.to === 'template') {
		return { json: shown(await sendHsm(item, envelope, converted)) };
	}
	const result = isHeld(item) ? await sendOrHold(item, draft) : await sendByWindow(item, draft);
	if (!converted) return { ...result, json: shown(result.json) };
	const { from, to, notes } = converted;
	return { ...result, json: shown({ ...result.json, conversion: { from, to, notes } }) };
}
