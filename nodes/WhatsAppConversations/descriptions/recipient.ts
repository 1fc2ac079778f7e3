import type { INodeProperties } from 'n8n-workflow';

/** To whom; the same in all operations. */
export const recipientProperty: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. +1 650 555 1234',
	description:
		"The contact's phone number with its country code, written as you like, or the business-scoped user ID. After the trigger, drag its 'contact' here.",
};

/** Of whom; in operations that send nothing. */
export const contactProperty: INodeProperties = {
	...recipientProperty,
	displayName: 'Contact',
	name: 'contact',
};
