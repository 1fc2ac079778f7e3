import { callPermissionRequestMessage } from '../../../../core/messages/callPermissionRequest';
import { contactInfoRequestMessage } from '../../../../core/messages/contactInfoRequest';
import { locationRequestMessage } from '../../../../core/messages/locationRequest';
import type { CloudMessage } from '../../../../core/messages/types';

import { withoutFiles, type ContentForm } from './form';
import { bodyProperty, bodyText, optionalBodyProperty } from './parts';

/** A text with a button that WhatsApp itself words and answers. */
function requestForm(
	form: Omit<ContentForm, 'prepare'>,
	messageOf: (body: unknown) => CloudMessage,
): ContentForm {
	return {
		...form,
		prepare: async (item) => withoutFiles(messageOf(bodyText(item))),
	};
}

export const callPermissionRequest = requestForm(
	{
		name: 'Call Permission Request',
		value: 'callPermissionRequest',
		description: 'Asks whether you may call; once in 24 hours and twice in 7 days for each contact',
		properties: [
			{
				...optionalBodyProperty,
				placeholder: 'e.g. May we call you about your order?',
				description: 'Why you want to call, up to 1,024 characters',
			},
		],
	},
	callPermissionRequestMessage,
);

export const contactInfoRequest = requestForm(
	{
		name: 'Contact Info Request',
		value: 'contactInfoRequest',
		description: 'Asks a contact who is known by user ID only for the phone number',
		properties: [
			{ ...bodyProperty, placeholder: 'e.g. Please share your number for the delivery.' },
		],
	},
	contactInfoRequestMessage,
);

export const locationRequest = requestForm(
	{
		name: 'Location Request',
		value: 'locationRequest',
		description: 'A text with a button by which the contact sends a location',
		properties: [{ ...bodyProperty, placeholder: 'e.g. Where shall we deliver?' }],
	},
	locationRequestMessage,
);
