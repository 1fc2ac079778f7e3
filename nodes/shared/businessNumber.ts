import type {
	ILoadOptionsFunctions,
	INode,
	INodeListSearchResult,
	INodeProperties,
} from 'n8n-workflow';

import { editorList } from './editorList';
import { providerOf } from './provider';

/** The choice of the business number, alike in both nodes. */
export const businessNumberProperty: INodeProperties = {
	displayName: 'Business Number',
	name: 'businessNumber',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description:
		'The WhatsApp number of your business. Empty: the one that the item names in <code>businessNumberId</code> or that was written to, or else the only one of your account.',
	// No 'validation' by pattern: n8n would check it at each execution, which takes milliseconds.
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Only needed with several numbers',
			typeOptions: { searchListMethod: 'searchBusinessNumbers', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 106540352242922',
			hint: 'The phone number ID, not the phone number; at Clickatell the number itself',
		},
	],
};

/** What 'Business Number' holds, in the form in which the provider knows numbers. */
export function businessNumberText(context: { getNode(): INode }, chosen: unknown): string {
	return providerOf(context).businessNumber(String(chosen ?? '').trim());
}

/**
 * The business account's numbers, for the list of {@link businessNumberProperty}. Where the
 * provider lists none, what is searched for is the number.
 */
export const searchBusinessNumbers = editorList(async function (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const provider = providerOf(this);
	if (!provider.listsNumbers) {
		const number = provider.businessNumber(filter?.trim() ?? '');
		return { results: /^\d{7,15}$/.test(number) ? [{ name: `+${number}`, value: number }] : [] };
	}
	const api = await provider.connect(this);
	const { entries, next } = await api.listBusinessNumbers(paginationToken);
	const wanted = filter?.toLowerCase() ?? '';
	return {
		results: entries
			.map(({ id, displayPhoneNumber, verifiedName }) => ({
				name: [displayPhoneNumber, verifiedName].filter(Boolean).join(' · ') || id,
				value: id,
			}))
			.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)),
		paginationToken: next,
	};
});
