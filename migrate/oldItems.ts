import { listIn, objectIn, textIn, type Node, type Values } from './workflow';

/**
 * The script of a node that gives items the fields of n8n's own trigger beside ours, for what reads
 * them in ways that cannot be translated.
 */
const SCRIPT = `// Gives each item the fields of n8n's own WhatsApp Trigger, beside those of this trigger.
return $input.all().map(({ json, binary }, index) => {
  const phone = (json.phone || '').replace('+', '');
  const old = { messaging_product: 'whatsapp', field: json.field || 'messages' };
  if (json.event === 'message' || json.event === 'status') {
    old.metadata = {
      display_phone_number: (json.businessPhone || '').replace('+', ''),
      phone_number_id: json.businessNumberId,
    };
    old.contacts = [{ profile: { name: json.name }, wa_id: phone }];
    old[json.event === 'message' ? 'messages' : 'statuses'] = [json.raw];
  } else {
    Object.assign(old, json.raw);
  }
  return { json: { ...json, ...old }, ...(binary && { binary }), pairedItem: { item: index } };
});
`;

/** A node in the place of the old trigger, under its name: all that names it goes on. */
export function oldItemsNode(trigger: Node): Node {
	return {
		parameters: { jsCode: SCRIPT },
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		position: trigger.position,
		id: `${textIn(trigger.id) || trigger.name}-old-items`,
		name: trigger.name,
	};
}

/** A pinned item of n8n's own trigger, as ours gives it: one for each message and status. */
export function pinnedItems(item: { json?: Values } & Values): Array<{ json: Values } & Values> {
	const { json, ...rest } = item;
	const value = objectIn(json);
	const { phone_number_id: id, display_phone_number: shown } = objectIn(value.metadata);
	const { wa_id: waId, profile } = objectIn(listIn(value.contacts)[0]);
	const of = (event: string, raw: Values, fields: Values) => {
		const digits = textIn(raw.from ?? raw.recipient_id ?? waId);
		return {
			...rest,
			json: {
				event,
				...fields,
				contact: digits,
				phone: digits && `+${digits}`,
				name: textIn(objectIn(profile).name),
				timestamp: isoOf(raw.timestamp),
				messageId: textIn(raw.id),
				businessNumberId: textIn(id),
				businessPhone: textIn(shown) && `+${textIn(shown)}`,
				raw,
			},
		};
	};
	const messages = listIn(value.messages).map(objectIn);
	const statuses = listIn(value.statuses).map(objectIn);
	return [
		...messages.map((raw) => of('message', raw, contentOf(raw))),
		...statuses.map((raw) => of('status', raw, { status: textIn(raw.status) })),
	];
}

function isoOf(seconds: unknown): string {
	const at = Number(seconds);
	return Number.isFinite(at) && at > 0 ? new Date(at * 1000).toISOString() : '';
}

/** What a pinned message says, as far as expressions of the old trigger may ask for it. */
function contentOf(message: Values): Values {
	const type = textIn(message.type);
	const content = objectIn(message[type]);
	const tapped = objectIn(content.button_reply ?? content.list_reply);
	const isButton = type === 'button';
	const text = content.body ?? content.caption ?? tapped.title ?? (isButton ? content.text : '');
	return {
		type,
		text: textIn(text),
		reply: {
			id: textIn(isButton ? content.payload : tapped.id),
			title: textIn(isButton ? content.text : tapped.title),
		},
		media: {
			id: textIn(content.id),
			mimeType: textIn(content.mime_type),
			fileName: textIn(content.filename),
		},
	};
}
