import type { IDataObject } from 'n8n-workflow';

import type { ConvertedHsm } from '../../core/haptik/hsm';
import type { Item } from '../run/item';
import { templateOfHsm } from '../templates/hsm';

import { withoutQuote, type Envelope } from './envelope';
import { sendPermitted } from './template';

/**
 * Sends the template that an HSM stands for, whatever the window (rules R36 and R43).
 *
 * @throws DecisionError, InputError, ProviderRefusal
 */
export async function sendHsm(
	item: Item,
	envelope: Envelope,
	{ from, to, hsm, notes }: ConvertedHsm,
): Promise<IDataObject> {
	const { template, notes: more } = await templateOfHsm(item, hsm);
	const all = [...notes, ...more];
	if (envelope.options.replyTo) {
		all.push("'Reply to Message ID' was left out: a template quotes nothing.");
	}
	const json = await sendPermitted(item, withoutQuote(envelope), template);
	return { ...json, conversion: { from, to, notes: all } };
}
