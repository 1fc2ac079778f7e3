import type { IDataObject } from 'n8n-workflow';

import { requestBody } from '../../core/messages/envelope';
import type { Recipient } from '../../core/messages/recipient';
import type { CloudMessage } from '../../core/messages/types';
import { senderOf, type Sender } from '../input/sender';
import type { Item } from '../run/item';

import { addresseeOf } from './addressee';

/** From whom to whom, and the operation's options. */
export interface Envelope {
	sender: Sender;
	recipient: Recipient;
	options: IDataObject;
	/** Category of the template that is sent, as Meta writes it. */
	templateCategory?: string;
	broadcast?: PartOfBroadcast;
}

/** What a broadcast has to say about a message of its own. */
export interface PartOfBroadcast {
	name: string;
	/** Writes down, once, that the request may leave from now on. @throws when it must not */
	claim(): Promise<void>;
	/** The last look before it leaves. @throws when the broadcast does not go on */
	requireGoing(): void;
}

/** What the parameters of an item say. @throws InputError */
export async function envelopeOf(item: Item): Promise<Envelope> {
	const sender = await senderOf(item);
	return { sender, recipient: await addresseeOf(item, sender), options: item.options };
}

/** The envelope of what quotes nothing. */
export function withoutQuote<T extends Envelope>(envelope: T): T {
	return { ...envelope, options: { ...envelope.options, replyTo: '' } };
}

/** The body of the request that sends a message. @throws InputError for a wrong option */
export function bodyOf({ recipient, options }: Envelope, message: CloudMessage): IDataObject {
	const { replyTo, trackingData, identityKeyHash } = options;
	return requestBody(recipient, message, { replyTo, trackingData, identityKeyHash });
}
