import type { IDataObject } from 'n8n-workflow';

import type { WhenWindowClosed } from '../../core/conversation/applySetting';
import type { Policy } from '../../core/conversation/decide';
import type { PreparedMessage } from '../actions/message/content/form';
import { beforeUpload, type Uploaded } from '../files/upload';
import { policyOf } from '../input/policy';
import type { Item } from '../run/item';
import type { Reading } from '../state/conversations';
import type { ChosenTemplate } from '../templates/chosen';
import type { ReadyTemplate } from '../templates/readyTemplate';

import { bodyOf, withoutQuote, type Envelope } from './envelope';

/** A free-form message that is to go out, and what the parameters say to do about it. */
export interface Draft extends Envelope {
	message: PreparedMessage;
	policy: Policy;
	/** 'When the Window Is Closed'. */
	setting: WhenWindowClosed;
	reading: Reading;
	/** The files of the message, once they are uploaded. */
	uploaded?: Uploaded;
	/** What is done to the template that goes out instead, before it is filled. @throws InputError */
	adaptFallback?: (chosen: ChosenTemplate) => ChosenTemplate;
	/** The template that goes out instead, once it was needed. */
	fallback?: ReadyTemplate;
}

/** @throws InputError, UnsupportedByProvider: what is wrong is known before anything is uploaded */
export async function draftOf(
	item: Item,
	envelope: Envelope,
	message: PreparedMessage,
): Promise<Draft> {
	const whenUnknown = item.parameter('whenWindowUnknown') as Policy['whenUnknown'];
	const draft: Draft = {
		...envelope,
		message,
		policy: policyOf(envelope.options, whenUnknown),
		setting: settingOf(item),
		reading: {},
	};
	const api = await item.session.api();
	for (const body of bodiesOf(draft, beforeUpload(message.uploads))) api.requestFor(body);
	return draft;
}

/** A message that is held has a template go out in its place, too. */
function settingOf(item: Item): WhenWindowClosed {
	const setting = item.parameter('whenWindowClosed');
	return setting === 'hold' ? 'template' : (setting as WhenWindowClosed);
}

/** The requests that send the message, in order. Only the first one quotes. */
export function bodiesOf(draft: Draft, uploaded: Uploaded): IDataObject[] {
	return draft.message
		.build(uploaded)
		.map((part, index) => bodyOf(index === 0 ? draft : withoutQuote(draft), part));
}
