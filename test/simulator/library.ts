import { GraphError, invalidParameter } from './errors';
import type { Templates } from './templates';
import type { Json, Template } from './types';

interface LibraryEntry extends Json {
	id: string;
	name: string;
	language: string;
	category: string;
	topic: string;
	usecase: string;
	industry: string[];
	header?: string;
	body: string;
	body_params?: string[];
	body_param_types?: string[];
	buttons?: Array<{ type: string; text: string; url?: string; phone_number?: string }>;
}

const PARCEL = {
	category: 'UTILITY',
	topic: 'ORDER_MANAGEMENT',
	usecase: 'DELIVERY_UPDATE',
	industry: ['E_COMMERCE'],
	body_params: ['Jim', '12345', 'Jan 1, 2026'],
	body_param_types: ['TEXT', 'TEXT', 'DATE'],
};

/** Templates in the form of Meta's, with words of our own. */
const LIBRARY: LibraryEntry[] = [
	{
		...PARCEL,
		id: '7000000000000001',
		name: 'delivery_update_1',
		language: 'en_US',
		header: 'Your parcel',
		body: 'Hi {{1}}, order {{2}} comes on {{3}}.',
		buttons: [
			{ type: 'URL', text: 'Track it', url: 'https://www.example.com/' },
			{ type: 'PHONE_NUMBER', text: 'Call us', phone_number: '+18005551234' },
		],
	},
	{
		...PARCEL,
		id: '7000000000000002',
		name: 'delivery_update_1',
		language: 'de',
		header: 'Dein Paket',
		body: 'Hallo {{1}}, Bestellung {{2}} kommt am {{3}}.',
		buttons: [
			{ type: 'URL', text: 'Verfolgen', url: 'https://www.example.com/' },
			{ type: 'PHONE_NUMBER', text: 'Anrufen', phone_number: '+18005551234' },
		],
	},
	{
		id: '7000000000000003',
		name: 'payment_due_1',
		language: 'en_US',
		category: 'UTILITY',
		topic: 'PAYMENTS',
		usecase: 'PAYMENT_DUE_REMINDER',
		industry: ['E_COMMERCE', 'FINANCIAL_SERVICES'],
		body: 'Hi {{1}}, your payment of {{2}} is due on {{3}}.',
		body_params: ['Jim', '$12.00', 'Jan 1, 2026'],
		body_param_types: ['TEXT', 'AMOUNT', 'DATE'],
	},
	{
		id: '7000000000000004',
		name: 'verify_code_1',
		language: 'en_US',
		category: 'AUTHENTICATION',
		topic: 'IDENTITY_VERIFICATION',
		usecase: 'VERIFY_CODE',
		industry: ['FINANCIAL_SERVICES'],
		body: '{{1}} is your code.',
		body_params: ['123456'],
		buttons: [{ type: 'OTP', text: 'Copy code' }],
	},
];

/** `GET /message_template_library` (Meta: Template Library). */
export function searchLibrary(query: Json): LibraryEntry[] {
	const is = (name: string, value: string) => query[name] === undefined || query[name] === value;
	const search = String(query.search ?? '').toLowerCase();
	return LIBRARY.filter(
		(entry) =>
			is('name', entry.name) &&
			is('language', entry.language) &&
			is('topic', entry.topic) &&
			is('usecase', entry.usecase) &&
			(query.industry === undefined || entry.industry.includes(String(query.industry))) &&
			`${entry.name} ${entry.header ?? ''} ${entry.body}`.toLowerCase().includes(search),
	);
}

/** `POST /{WABA ID}/message_templates` with `library_template_name`: needs no review. */
export function adopt(templates: Templates, businessAccountId: string, body: Json): Template {
	const { library_template_name: name, library_template_button_inputs: given, ...rest } = body;
	const [entry] = searchLibrary({ name, language: body.language });
	if (!entry) {
		throw new GraphError(100, { details: `The library has no ${String(name)} in this language.` });
	}
	if (body.category !== entry.category) throw invalidParameter('The category does not fit.');
	const inputs = (typeof given === 'string' ? JSON.parse(given) : (given ?? [])) as Json[];
	const buttons = (entry.buttons ?? []).map((button) => {
		const input = inputs.find(({ type }) => type === button.type);
		const needed = { URL: 'url', PHONE_NUMBER: 'phone_number', OTP: 'otp_type' }[button.type];
		if (needed && input?.[needed] === undefined) {
			throw invalidParameter(`library_template_button_inputs: ${button.type} needs ${needed}.`);
		}
		const url = input?.url as Json | undefined;
		return {
			...button,
			...(needed && needed !== 'url' && { [needed]: input?.[needed] }),
			...(url && {
				url: url.base_url,
				...(url.url_suffix_example !== undefined && { example: [url.url_suffix_example] }),
			}),
		};
	});
	const components: Json[] = [
		...(entry.header ? [{ type: 'HEADER', format: 'TEXT', text: entry.header }] : []),
		{ type: 'BODY', text: entry.body, example: { body_text: [entry.body_params ?? []] } },
		...(buttons.length ? [{ type: 'BUTTONS', buttons }] : []),
	];
	const template = templates.create(businessAccountId, { ...rest, components });
	template.status = 'APPROVED';
	template.library_template_name = name;
	return template;
}
