/**
 * The canonical message: the body that Meta's Cloud API takes, without the recipient and the
 * envelope. Every transport starts from it.
 */
export type CloudMessage =
	| TextMessage
	| MediaMessage
	| LocationMessage
	| ContactsMessage
	| InteractiveMessage
	| ReactionMessage
	| TemplateMessage;

export interface TextMessage {
	type: 'text';
	text: { body: string; preview_url?: boolean };
}

export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

/** A file: uploaded before (`id`), or fetched by WhatsApp from a public address (`link`). */
export type MediaReference = { id: string } | { link: string };

export type MediaContent = MediaReference & {
	caption?: string;
	filename?: string;
	/** Audio as a voice message. */
	voice?: true;
};

export type MediaMessage =
	| { type: 'image'; image: MediaContent }
	| { type: 'video'; video: MediaContent }
	| { type: 'audio'; audio: MediaContent }
	| { type: 'document'; document: MediaContent }
	| { type: 'sticker'; sticker: MediaContent };

export interface LocationMessage {
	type: 'location';
	location: { latitude: number; longitude: number; name?: string; address?: string };
}

/** A card of an address book. */
export interface ContactCard {
	name: { formatted_name: string } & ContactName;
	/** With `wa_id` the card has a button that opens a chat. */
	phones?: Array<{ phone: string; type?: string; wa_id?: string }>;
	emails?: Array<{ email: string; type?: string }>;
	urls?: Array<{ url: string; type?: string }>;
	addresses?: ContactAddress[];
	org?: { company?: string; department?: string; title?: string };
	/** YYYY-MM-DD. */
	birthday?: string;
}

interface ContactName {
	first_name?: string;
	middle_name?: string;
	last_name?: string;
	prefix?: string;
	suffix?: string;
}

interface ContactAddress {
	street?: string;
	city?: string;
	state?: string;
	zip?: string;
	country?: string;
	country_code?: string;
	type?: string;
}

export interface ContactsMessage {
	type: 'contacts';
	contacts: ContactCard[];
}

/** What stands on top of an interactive message. */
export type InteractiveHeader =
	| { type: 'text'; text: string }
	| { type: 'image'; image: MediaContent }
	| { type: 'video'; video: MediaContent }
	| { type: 'document'; document: MediaContent };

/** What stands around the action of an interactive message. */
export interface InteractiveParts {
	header?: InteractiveHeader;
	body: { text: string };
	footer?: { text: string };
}

/** A text with something to tap: the action. */
export interface Interactive<Type extends string, Action, Parts = InteractiveParts> {
	type: 'interactive';
	interactive: { type: Type; action: Action } & Parts;
}

export type InteractiveMessage =
	| ReplyButtonsMessage
	| ListMessage
	| CtaUrlMessage
	| LocationRequestMessage
	| ContactInfoRequestMessage
	| CallPermissionRequestMessage
	| VoiceCallMessage
	| FlowMessage
	| AddressRequestMessage
	| ProductMessage
	| ProductListMessage
	| ProductCarouselMessage
	| CatalogMessage
	| CarouselMessage
	| OrderDetailsMessage
	| OrderStatusMessage;

export type ReplyButtonsMessage = Interactive<
	'button',
	{ buttons: Array<{ type: 'reply'; reply: { id: string; title: string } }> }
>;

export interface ListRow {
	id: string;
	title: string;
	description?: string;
}

export type ListMessage = Interactive<
	'list',
	{ button: string; sections: Array<{ title?: string; rows: ListRow[] }> }
>;

/** A button that opens a web page. */
export interface LinkButton {
	name: 'cta_url';
	parameters: { display_text: string; url: string };
}

export type CtaUrlMessage = Interactive<'cta_url', LinkButton>;

export type LocationRequestMessage = Interactive<
	'location_request_message',
	{ name: 'send_location' }
>;

export type ContactInfoRequestMessage = Interactive<
	'request_contact_info',
	{ name: 'request_contact_info' }
>;

export type CallPermissionRequestMessage = Interactive<
	'call_permission_request',
	{ name: 'call_permission_request' },
	Partial<Pick<InteractiveParts, 'body'>>
>;

export type VoiceCallMessage = Interactive<
	'voice_call',
	{
		name: 'voice_call';
		parameters?: { display_text?: string; ttl_minutes?: number; payload?: string };
	}
>;

export type FlowParameters = {
	flow_message_version: '3';
	flow_cta: string;
	flow_token?: string;
	flow_action?: 'navigate' | 'data_exchange';
	flow_action_payload?: { screen: string; data?: Record<string, unknown> };
	mode?: 'draft';
} & ({ flow_id: string } | { flow_name: string });

export type FlowMessage = Interactive<'flow', { name: 'flow'; parameters: FlowParameters }>;

/** Meta's names of the fields of an address form. */
export type AddressField =
	| 'name'
	| 'phone_number'
	| 'in_pin_code'
	| 'house_number'
	| 'floor_number'
	| 'tower_number'
	| 'building_name'
	| 'address'
	| 'landmark_area'
	| 'city'
	| 'state';

type AddressTexts = Partial<Record<AddressField, string>>;

export type AddressRequestMessage = Interactive<
	'address_message',
	{
		name: 'address_message';
		parameters: {
			country: 'IN';
			values?: AddressTexts;
			saved_addresses?: Array<{ id: string; value: AddressTexts }>;
			validation_errors?: AddressTexts;
		};
	}
>;

export type ProductMessage = Interactive<
	'product',
	{ catalog_id: string; product_retailer_id: string },
	Partial<Pick<InteractiveParts, 'body' | 'footer'>>
>;

export type ProductListMessage = Interactive<
	'product_list',
	{
		catalog_id: string;
		sections: Array<{ title?: string; product_items: Array<{ product_retailer_id: string }> }>;
	}
>;

export type ProductCarouselMessage = Interactive<
	'carousel',
	{
		cards: Array<{
			card_index: number;
			type: 'product';
			action: { product_retailer_id: string; catalog_id: string };
		}>;
	}
>;

export type CatalogMessage = Interactive<
	'catalog_message',
	{ name: 'catalog_message'; parameters?: { thumbnail_product_retailer_id: string } }
>;

export interface CarouselCard {
	card_index: number;
	type: 'cta_url';
	header: { type: 'image'; image: MediaReference } | { type: 'video'; video: MediaReference };
	body?: { text: string };
	action:
		| LinkButton
		| { buttons: Array<{ type: 'quick_reply'; quick_reply: { id: string; title: string } }> };
}

export type CarouselMessage = Interactive<'carousel', { cards: CarouselCard[] }>;

/** Money: `value` counts the parts of which `offset` make one, 129950 of 100 for 1299.50. */
export interface Amount {
	value: number;
	offset: number;
}

export interface OrderItem {
	retailer_id?: string;
	name: string;
	amount: Amount;
	/** What one costs instead. */
	sale_amount?: Amount;
	quantity: number;
	country_of_origin?: string;
	importer_name?: string;
	importer_address?: Record<string, string>;
}

/** How an order is paid, one object under the name of its type. */
export type PaymentSetting = { type: string } & Record<string, unknown>;

/** A bill: what was ordered, what it costs, how it is paid. */
export interface OrderDetails {
	reference_id: string;
	type: 'digital-goods' | 'physical-goods';
	beneficiaries?: Array<Record<string, string>>;
	payment_type?: string;
	payment_configuration?: string;
	payment_settings?: PaymentSetting[];
	currency: 'BRL' | 'INR';
	total_amount: Amount;
	order?: {
		status: 'pending';
		catalog_id?: string;
		expiration?: { timestamp: string; description: string };
		items: OrderItem[];
		subtotal: Amount;
		tax: Amount & { description?: string };
		shipping?: Amount & { description?: string };
		discount?: Amount & { description?: string; discount_program_name?: string };
	};
}

export type OrderDetailsMessage = Interactive<
	'order_details',
	{ name: 'review_and_pay'; parameters: OrderDetails }
>;

export type OrderStatusMessage = Interactive<
	'order_status',
	{
		name: 'review_order';
		parameters: {
			reference_id: string;
			order: { status: string; description?: string };
			payment?: { status: string; timestamp?: number };
		};
	}
>;

export interface ReactionMessage {
	type: 'reaction';
	/** An empty `emoji` removes the reaction. */
	reaction: { message_id: string; emoji: string };
}

export interface TemplateMessage {
	type: 'template';
	template: {
		name: string;
		language: { code: string };
		/** Built from the template's definition. */
		components?: object[];
	};
}
