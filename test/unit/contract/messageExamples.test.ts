import { readdirSync } from 'fs';
import { join } from 'path';

import { catalogMessage } from '../../../nodes/core/messages/catalog';
import { contactsFromJson, contactsMessage } from '../../../nodes/core/messages/contacts';
import { requestBody } from '../../../nodes/core/messages/envelope';
import { flowMessage } from '../../../nodes/core/messages/flow';
import { listMessage, type ListSectionInput } from '../../../nodes/core/messages/list';
import { locationMessage } from '../../../nodes/core/messages/location';
import { markReadBody } from '../../../nodes/core/messages/markRead';
import { mediaMessage } from '../../../nodes/core/messages/media';
import { orderDetailsMessage } from '../../../nodes/core/messages/orderDetails';
import { orderStatusMessage } from '../../../nodes/core/messages/orderStatus';
import { productMessage } from '../../../nodes/core/messages/product';
import { productListMessage } from '../../../nodes/core/messages/productList';
import { reactionMessage } from '../../../nodes/core/messages/reaction';
import { parseRecipient } from '../../../nodes/core/messages/recipient';
import { replyButtonsMessage } from '../../../nodes/core/messages/replyButtons';
import { textMessage } from '../../../nodes/core/messages/text';
import type {
	CloudMessage,
	InteractiveMessage,
	MediaContent,
	MediaReference,
	TemplateMessage,
} from '../../../nodes/core/messages/types';
import { describeWithFixtures, readFixture } from '../../fixtures';

const FOLDER = ['meta-openapi-v23', 'rest', 'phone_number_id_messages__post'];

/** Examples that are not quite a request: what is wrong, and what mends it. */
const MENDED: Record<string, { reason: string; mend: object }> = {
	send_contact_message: {
		reason: 'No recipient_type; "individual" is meant.',
		mend: { recipient_type: 'individual' },
	},
	send_reply_to_contact_message: {
		reason: 'No recipient_type; "individual" is meant.',
		mend: { recipient_type: 'individual' },
	},
	send_reply_to_list_message: { reason: 'No type.', mend: { type: 'interactive' } },
	send_text_message_with_preview_url: {
		reason: 'Neither type nor recipient_type.',
		mend: { recipient_type: 'individual', type: 'text' },
	},
};

type Example = CloudMessage & { to: string; context?: { message_id: string } };

/** A request example of Meta's, with real values in place of its placeholders. */
function example<T = Example>(name: string): T {
	const json = JSON.stringify(readFixture(...FOLDER, `req_${name}.json`));
	const request = JSON.parse(
		json
			.replace(/\{\{Recipient(-WA)?-Phone-Number\}\}/, '+16505551234')
			.replace(/<?http\(s\)[^"]*/, 'https://example.com/file')
			.replace(/<\w+_OBJECT_ID>/, '1037543291543636')
			.replace('<HEADER_TYPE>', 'text'),
	) as object;
	return { ...request, ...MENDED[name]?.mend } as T;
}

/** The same interactive message, made by our builders from the values of the example. */
function rebuiltInteractive({ interactive }: InteractiveMessage) {
	const footer = 'footer' in interactive ? interactive.footer?.text : undefined;
	const parts = { body: interactive.body?.text, footer };
	const header = 'header' in interactive ? interactive.header : undefined;
	const text = header?.type === 'text' ? header.text : undefined;
	switch (interactive.type) {
		case 'button':
			return replyButtonsMessage({
				...parts,
				buttons: interactive.action.buttons.map(({ reply }) => reply),
			});
		case 'list':
			return listMessage({
				...parts,
				header: text,
				buttonText: interactive.action.button,
				sections: interactive.action.sections as ListSectionInput[],
			});
		case 'flow': {
			const { parameters } = interactive.action;
			return flowMessage({
				...parts,
				header: { type: 'text', text },
				...('flow_id' in parameters
					? { flowId: parameters.flow_id }
					: { flowName: parameters.flow_name }),
				buttonText: parameters.flow_cta,
				token: parameters.flow_token,
				action: parameters.flow_action,
				...parameters.flow_action_payload,
				draft: parameters.mode === 'draft',
			});
		}
		case 'product':
			return productMessage({
				...parts,
				catalogId: interactive.action.catalog_id,
				productId: interactive.action.product_retailer_id,
			});
		case 'product_list':
			return productListMessage({
				...parts,
				header: text,
				catalogId: interactive.action.catalog_id,
				sections: interactive.action.sections.map(({ title, product_items: items }) => ({
					title,
					products: items.map(({ product_retailer_id: product }) => product),
				})),
			});
		case 'catalog_message':
			return catalogMessage({
				...parts,
				thumbnailProductId: interactive.action.parameters?.thumbnail_product_retailer_id,
			});
		case 'order_details': {
			const { parameters: bill } = interactive.action;
			const { items, tax, shipping, discount } = bill.order!;
			const image = header?.type === 'image' ? header.image : {};
			return orderDetailsMessage(
				{
					...parts,
					header: { type: 'image', source: image as MediaReference },
					referenceId: bill.reference_id,
					payment: { method: 'upiConfiguration', configuration: bill.payment_configuration },
					inSmallestUnit: true,
					items: items.map(({ retailer_id: id, name, quantity, amount, sale_amount: sale }) => ({
						id,
						name,
						quantity,
						price: amount.value,
						salePrice: sale?.value,
					})),
					tax: tax.value,
					taxText: tax.description,
					shipping: shipping?.value,
					shippingText: shipping?.description,
					discount: discount?.value,
					discountText: discount?.description,
					discountProgram: discount?.discount_program_name,
					total: bill.total_amount.value,
				},
				{ now: 0, timeZone: 'UTC' },
			);
		}
		case 'order_status': {
			const { reference_id: referenceId, order } = interactive.action.parameters;
			return orderStatusMessage({ ...parts, referenceId, ...order }, 'UTC');
		}
		default:
			throw new Error(`no builder for ${interactive.type}`);
	}
}

/** The same message, made by our builders from the values of the example. */
function rebuilt(message: Exclude<CloudMessage, TemplateMessage>): CloudMessage {
	switch (message.type) {
		case 'text':
			return textMessage(message.text.body, message.text.preview_url);
		case 'reaction':
			return reactionMessage(message.reaction.message_id, message.reaction.emoji);
		case 'location':
			return locationMessage(message.location);
		case 'contacts':
			return contactsMessage(contactsFromJson(message));
		case 'interactive':
			return rebuiltInteractive(message);
		default: {
			const content = (message as unknown as Record<string, MediaContent>)[message.type];
			return mediaMessage(message.type, content, {
				caption: content.caption,
				fileName: content.filename,
			});
		}
	}
}

describeWithFixtures("Meta's request examples", (dir) => {
	const names = readdirSync(join(dir, ...FOLDER))
		.map((file) => /^req_(.*)\.json$/.exec(file)?.[1])
		.filter((name) => name !== undefined);
	const isTemplate = (name: string) => example<{ type?: string }>(name).type === 'template';
	const read = 'send_typing_indicator_and_read_receipt';
	const messages = names.filter((name) => name !== read && !isTemplate(name));

	it('are all accounted for', () => {
		expect(names).toHaveLength(50);
		// Templates are built from their definitions, and proved with them.
		expect(names.filter(isTemplate)).toHaveLength(9);
		expect(messages).toHaveLength(50 - 9 - 1);
	});

	it.each(messages)('%s is what the builders make', (name) => {
		const request = example(name);
		const message = rebuilt(request as Exclude<Example, TemplateMessage>);
		const options = { replyTo: request.context?.message_id };
		expect(requestBody(parseRecipient(request.to), message, options)).toEqual(request);
	});

	it.each(Object.keys(MENDED))('%s needs its mending', (name) => {
		expect(readFixture(...FOLDER, `req_${name}.json`)).not.toEqual(example(name));
	});

	it(`${read} is what markReadBody makes`, () => {
		const request = example<{ message_id: string }>(read);
		expect(markReadBody(request.message_id, true)).toEqual(request);
	});
});
