import {
	updateDisplayOptions,
	type IDataObject,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import type { LibraryTemplate } from '../../../core/templates/library';
import { templateKey } from '../../../core/templates/templateKey';
import { LibraryApi } from '../../../core/transport/libraryApi';
import { listProperties } from '../../descriptions/list';
import { limitOf, untilEnough } from '../../input/list';
import type { Item } from '../../run/item';
import type { Result } from '../operation';

/** What Meta files its templates under (Meta: Template Library, Template filters). */
const INDUSTRIES = ['E_COMMERCE', 'FINANCIAL_SERVICES'];
const TOPICS = ['ACCOUNT_UPDATE', 'CUSTOMER_FEEDBACK', 'ORDER_MANAGEMENT', 'PAYMENTS'];
const USE_CASES = [
	'ACCOUNT_CREATION_CONFIRMATION',
	'AUTO_PAY_REMINDER',
	'DELIVERY_CONFIRMATION',
	'DELIVERY_FAILED',
	'DELIVERY_UPDATE',
	'FEEDBACK_SURVEY',
	'FRAUD_ALERT',
	'LOW_BALANCE_WARNING',
	'ORDER_ACTION_NEEDED',
	'ORDER_CONFIRMATION',
	'ORDER_DELAY',
	'ORDER_OR_TRANSACTION_CANCEL',
	'ORDER_PICK_UP',
	'PAYMENT_ACTION_REQUIRED',
	'PAYMENT_CONFIRMATION',
	'PAYMENT_DUE_REMINDER',
	'PAYMENT_OVERDUE',
	'PAYMENT_REJECT_FAIL',
	'PAYMENT_SCHEDULED',
	'RECEIPT_ATTACHMENT',
	'RETURN_CONFIRMATION',
	'SHIPMENT_CONFIRMATION',
	'STATEMENT_ATTACHMENT',
	'STATEMENT_AVAILABLE',
	'TRANSACTION_ALERT',
];

const properties: INodeProperties[] = [
	{
		displayName: 'Search',
		name: 'search',
		type: 'string',
		default: '',
		placeholder: 'e.g. delivery',
		description: 'What the name or a text of the template contains; all when empty',
	},
	...listProperties,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [
			{
				displayName: 'Industry',
				name: 'industry',
				type: 'options',
				options: optionsOf(INDUSTRIES),
				default: 'E_COMMERCE',
			},
			{
				displayName: 'Language',
				name: 'language',
				type: 'string',
				default: '',
				placeholder: 'e.g. en_US',
				description: "The exact code; 'en' is another language than 'en_US'",
			},
			{
				displayName: 'Topic',
				name: 'topic',
				type: 'options',
				options: optionsOf(TOPICS),
				default: 'ORDER_MANAGEMENT',
			},
			{
				displayName: 'Use Case',
				name: 'useCase',
				type: 'options',
				options: optionsOf(USE_CASES),
				default: 'ORDER_CONFIRMATION',
			},
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['template'], operation: ['getManyFromLibrary'] } },
	properties,
);

export async function execute(item: Item): Promise<Result[]> {
	const filters = item.parameter('filters', {}) as Record<string, string | undefined>;
	const { language, topic, useCase, industry } = filters;
	const query = {
		search: String(item.parameter('search', '') ?? '').trim() || undefined,
		language: language?.trim().replace('-', '_') || undefined,
		topic: topic || undefined,
		useCase: useCase || undefined,
		industry: industry || undefined,
	};
	const api = await item.session.part(LibraryApi, "Meta's template library");
	const found = await untilEnough(
		async (after) => await api.list({ ...query, after }),
		limitOf(item),
	);
	return found.map((template) => ({ json: viewOf(template) }));
}

/** `key` is what 'Library Template' takes. */
function viewOf({ id, buttons, ...template }: LibraryTemplate): IDataObject {
	return {
		key: templateKey(template),
		...template,
		buttons: buttons as unknown as IDataObject[],
		id,
	};
}

/** Meta's words as people read them: `ORDER_PICK_UP` becomes Order Pick Up. */
function optionsOf(values: string[]): INodePropertyOptions[] {
	return values.map((value) => ({
		name: value
			.split('_')
			.map((word) => word[0] + word.slice(1).toLowerCase())
			.join(' '),
		value,
	}));
}
