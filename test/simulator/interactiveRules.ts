import { GraphError } from './errors';
import { checkMedia, type MediaExists } from './mediaRules';
import { checkOrderDetails, checkOrderStatus } from './orderRules';
import type { Json } from './types';

/** An interactive message as sent; parts may be missing. */
interface Interactive {
	type?: string;
	header?: Json & { type?: string; text?: string };
	body?: { text?: string };
	footer?: { text?: string };
	action?: Json & {
		button?: string;
		buttons?: Array<{ type?: string; reply?: { id?: string; title?: string } }>;
		sections?: Section[];
		cards?: Json[];
		name?: string;
		parameters?: Json;
	};
}

interface Section {
	title?: string;
	rows?: Array<{ id?: string; title?: string; description?: string }>;
	product_items?: Json[];
}

type Rule = (message: Interactive) => void;

/** What each type needs beyond header, body and footer (Meta: Interactive messages). */
const TYPES: Record<string, { maxBody: number; bodyIsOptional?: boolean; rule: Rule }> = {
	button: { maxBody: 1024, rule: checkButtons },
	list: { maxBody: 4096, rule: checkList },
	cta_url: {
		maxBody: 1024,
		rule: ({ action }) => {
			text('action.parameters.display_text', action?.parameters?.display_text, 20);
			text('action.parameters.url', action?.parameters?.url, 2000);
		},
	},
	location_request_message: { maxBody: 1024, rule: named('send_location') },
	request_contact_info: { maxBody: 1024, rule: named('request_contact_info') },
	catalog_message: { maxBody: 1024, rule: named('catalog_message') },
	call_permission_request: {
		maxBody: 1024,
		bodyIsOptional: true,
		rule: named('call_permission_request'),
	},
	voice_call: { maxBody: 1024, bodyIsOptional: true, rule: named('voice_call') },
	address_message: { maxBody: 1024, rule: named('address_message') },
	flow: {
		maxBody: 1024,
		rule: ({ action }) => {
			named('flow')({ action });
			text('action.parameters.flow_cta', action?.parameters?.flow_cta, 30);
			const { flow_id: id, flow_name: name } = action?.parameters ?? {};
			if (!id === !name) refuse('either flow_id or flow_name is required');
		},
	},
	product: {
		maxBody: 1024,
		bodyIsOptional: true,
		rule: ({ action, header }) => {
			if (header) refuse('header is not allowed for product');
			text('action.catalog_id', action?.catalog_id, Infinity);
			text('action.product_retailer_id', action?.product_retailer_id, Infinity);
		},
	},
	product_list: { maxBody: 1024, rule: checkProductList },
	carousel: {
		maxBody: 1024,
		rule: ({ action }) => count('action.cards', action?.cards, 2, 10),
	},
	order_details: {
		maxBody: 1024,
		rule: ({ action, header }) => {
			if (header && header.type !== 'image') refuse('header.type must be image for order_details');
			named('review_and_pay')({ action });
			checkOrderDetails(action?.parameters ?? {});
		},
	},
	order_status: {
		maxBody: 1024,
		rule: ({ action }) => {
			named('review_order')({ action });
			checkOrderStatus(action?.parameters ?? {});
		},
	},
};

/** @throws GraphError 131009 when a limit is broken; 131008 when a part is missing */
export function checkInteractive(content: Json, mediaExists: MediaExists): void {
	const message = content as Interactive;
	const { header, body, footer } = message;
	const type = TYPES[String(message.type)];
	if (!type) {
		refuse(`interactive.type must be one of {${Object.keys(TYPES).join(', ')}}`);
	}
	if (body !== undefined || !type.bodyIsOptional) text('body.text', body?.text, type.maxBody);
	if (footer !== undefined) text('footer.text', footer.text, 60);
	if (header !== undefined) checkHeader(header, mediaExists);
	type.rule(message);
}

function checkHeader(header: Json & { type?: string; text?: string }, mediaExists: MediaExists) {
	const { type } = header;
	if (type === 'text') text('header.text', header.text, 60);
	else if (type === 'image' || type === 'video' || type === 'document') {
		checkMedia(`interactive['header']['${type}']`, (header[type] ?? {}) as Json, mediaExists);
	} else refuse('header.type must be one of {text, image, video, document}');
}

function checkButtons({ action }: Interactive): void {
	const buttons = action?.buttons;
	count('action.buttons', buttons, 1, 3);
	for (const { type, reply } of buttons ?? []) {
		if (type !== 'reply') refuse('action.buttons.type must be reply');
		text('action.buttons.reply.id', reply?.id, 256);
		text('action.buttons.reply.title', reply?.title, 20);
	}
	unique(
		'action.buttons.reply.id',
		buttons?.map(({ reply }) => reply?.id),
	);
	unique(
		'action.buttons.reply.title',
		buttons?.map(({ reply }) => reply?.title),
	);
}

function checkList({ action, header }: Interactive): void {
	if (header && header.type !== 'text') refuse('header.type must be text for list');
	text('action.button', action?.button, 20);
	const sections = action?.sections;
	count('action.sections', sections, 1, 10);
	sectionTitles(sections);
	for (const { rows } of sections ?? []) {
		count('action.sections.rows', rows, 1, 10);
		for (const row of rows ?? []) {
			text('action.sections.rows.id', row.id, 200);
			text('action.sections.rows.title', row.title, 24);
			if (row.description !== undefined) {
				text('action.sections.rows.description', row.description, 72);
			}
		}
	}
	const rows = sections?.flatMap((section) => section.rows ?? []);
	if ((rows?.length ?? 0) > 10) refuse('Total row count exceed max allowed count: 10');
	unique(
		'action.sections.rows.id',
		rows?.map(({ id }) => id),
	);
}

function checkProductList({ action, header }: Interactive): void {
	if (header?.type !== 'text') refuse('header of type text is required for product_list');
	text('action.catalog_id', action?.catalog_id, Infinity);
	const sections = action?.sections;
	count('action.sections', sections, 1, 10);
	sectionTitles(sections);
	const items = sections?.flatMap((section) => section.product_items ?? []);
	count('action.sections.product_items', items, 1, 30);
}

/** A section title is needed as soon as there is more than one section. */
function sectionTitles(sections: Section[] = []): void {
	for (const { title } of sections) {
		if (title !== undefined || sections.length > 1) text('action.sections.title', title, 24);
	}
}

function named(name: string): Rule {
	return ({ action }) => {
		if (action?.name !== name) refuse(`action.name must be ${name}`);
	};
}

function text(param: string, value: unknown, limit: number): void {
	if (value === undefined || value === null) {
		throw new GraphError(131008, { details: `interactive.${param} is required` });
	}
	const length = typeof value === 'string' ? [...value].length : 0;
	if (length < 1 || length > limit) {
		refuse(`${param} length invalid. Min length: 1, Max length: ${limit}`);
	}
}

function count(param: string, list: unknown, min: number, max: number): void {
	const length = Array.isArray(list) ? list.length : 0;
	if (length < min || length > max) {
		refuse(`${param} count invalid. Min allowed: ${min}, Max allowed: ${max}`);
	}
}

function unique(param: string, values: unknown[] = []): void {
	if (new Set(values).size < values.length) refuse(`${param} must be unique`);
}

function refuse(details: string): never {
	throw new GraphError(131009, { details: `interactive: ${details}` });
}
