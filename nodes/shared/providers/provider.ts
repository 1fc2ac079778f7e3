import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { Delivery, Proof } from '../../core/events/proof';
import type { WebhookEvent } from '../../core/events/types';
import type { Transport } from '../../core/transport/transport';

/** The values of the parameter 'Connect Through'. */
export type ProviderName = 'metaCloud' | 'compatible' | 'clickatell';

/** Where the node's credentials can be read. */
export interface CredentialReader {
	getCredentials(type: string): Promise<IDataObject>;
}

/** Where a provider can be connected to. */
export type ConnectionContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IWebhookFunctions;

/** What is known of a delivery beside its body. */
export interface Arrival {
	headers: Delivery['headers'];
	/** The number that the trigger is for; '' when none was chosen. */
	businessNumberId: string;
	/** Epoch seconds. */
	receivedAt: number;
}

/** Why a proven delivery starts nothing, where that would be a riddle. */
export interface Riddle {
	level: 'info' | 'warn';
	sentence: string;
	/** Whether the sender shows the answer in a log of its own. */
	isForSender?: true;
}

/** One way to WhatsApp: all in which the nodes treat it otherwise than the other ways. */
export interface Provider {
	name: ProviderName;
	/** At the beginning of a sentence. */
	title: string;
	/** The type of its credential. */
	credential: string;
	/** @throws InputError when the credential is not usable */
	connect(context: ConnectionContext): Promise<Transport>;

	/**
	 * Who tells the provider where to deliver: the trigger, by one of Meta's callbacks or by the
	 * provider's own webhook, or the user.
	 */
	registration: 'callback' | 'webhook' | 'user';
	/** Why a delivery is not proven to come from the provider, as sentences; undefined when it is. */
	flawOf(context: IWebhookFunctions, delivery: Delivery): Promise<string | undefined>;
	/** The proofs of which a delivery has to have one; absent at Meta, which signs. */
	proofs?(context: CredentialReader): Promise<Proof[]>;
	/** The words for which a check of the address is answered. */
	verifyTokens(context: IWebhookFunctions): Promise<string[]>;
	/** Whether it is known to repeat a delivery that was not taken until it is. */
	repeatsDeliveries: boolean;
	/** The events of a proven delivery. Never throws. */
	readDelivery(body: unknown, arrival: Arrival): WebhookEvent[];
	/** @param isOfAnotherNumber than the one that the trigger is for */
	riddleOf(
		body: unknown,
		events: WebhookEvent[],
		isOfAnotherNumber: (event: WebhookEvent) => boolean,
	): Riddle | undefined;
	/**
	 * Where it delivers what contacts of a business number say, as far as it tells.
	 *
	 * @param timeout of a request, milliseconds
	 * @throws ProviderRefusal
	 */
	deliveryAddresses(
		context: IExecuteFunctions,
		businessNumberId: string,
		timeout: number,
	): Promise<string[]>;

	/** The form in which it knows a business number, of what was typed or chosen. */
	businessNumber(text: string): string;
	/** Whether it can be asked for the business numbers; if not, they are typed in. */
	listsNumbers: boolean;
	/** What its media IDs look like. */
	mediaIds: RegExp;
	/** Whether a media ID may be taken for the name of a binary field. */
	mediaIdsHaveLetters: boolean;
	/** Whether templates are chosen from a list, typed in, or as the user likes. */
	templates: 'listed' | 'typed' | 'either';
	/** Whether a template has one text in each of several languages. */
	hasTemplateLanguages: boolean;
}
