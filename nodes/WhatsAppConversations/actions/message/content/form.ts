import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Conversion } from '../../../../core/haptik/convert';
import type { CloudMessage } from '../../../../core/messages/types';
import type { Uploaded, Uploads } from '../../../files/upload';
import type { Item } from '../../../run/item';

/** A free-form message whose files are checked, but not uploaded yet. */
export interface PreparedMessage {
	/** Files of the incoming item that have to be uploaded first, by their binary fields. */
	uploads: Uploads;
	/**
	 * The message; several ones, in order, for a text that was split.
	 *
	 * @throws InputError when WhatsApp would refuse the content
	 */
	build(uploaded: Uploaded): CloudMessage[];
	/** Where the message comes of a Haptik payload. Of an HSM there is nothing to build. */
	converted?: Conversion;
}

/** A type of message: its form in the editor, and the message that the form's values make. */
export interface ContentForm {
	/** As the list 'Message Type' shows it. */
	name: string;
	/** The value of 'Message Type'. */
	value: string;
	description: string;
	/** The fields that are always there, in their order. */
	properties: INodeProperties[];
	/** What is seldom needed: entries of 'Options'. Several forms may have the same one. */
	options?: INodeProperties[];
	/**
	 * @param options the values of 'Options'
	 * @throws InputError when WhatsApp would refuse a file; what is wrong with the rest shows when the
	 * message is built
	 */
	prepare(item: Item, options: IDataObject): Promise<PreparedMessage>;
}

/** A message that needs no upload. */
export function withoutFiles(...messages: CloudMessage[]): PreparedMessage {
	return { uploads: {}, build: () => messages };
}
