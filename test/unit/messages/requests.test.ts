import { callPermissionRequestMessage } from '../../../nodes/core/messages/callPermissionRequest';
import { contactInfoRequestMessage } from '../../../nodes/core/messages/contactInfoRequest';
import { locationRequestMessage } from '../../../nodes/core/messages/locationRequest';
import type { CloudMessage } from '../../../nodes/core/messages/types';

import { refusal } from './refusal';

describe.each<[string, (body: unknown) => CloudMessage, string, string]>([
	['locationRequestMessage', locationRequestMessage, 'location_request_message', 'send_location'],
	[
		'contactInfoRequestMessage',
		contactInfoRequestMessage,
		'request_contact_info',
		'request_contact_info',
	],
	[
		'callPermissionRequestMessage',
		callPermissionRequestMessage,
		'call_permission_request',
		'call_permission_request',
	],
])('%s', (_name, build, type, name) => {
	it('asks with a text', () => {
		expect(build('May we?')).toEqual({
			type: 'interactive',
			interactive: { type, body: { text: 'May we?' }, action: { name } },
		});
	});

	it.each<[unknown, RegExp]>([
		['x'.repeat(1025), /1025 .* 1024/],
		[{}, /not text/],
	])('refuses a wrong body', (body, message) => {
		const thrown = refusal(() => build(body));
		expect(thrown.field).toBe('Body');
		expect(thrown.message).toMatch(message);
	});
});

it.each([locationRequestMessage, contactInfoRequestMessage])('%p needs a body', (build) => {
	expect(refusal(() => build(' ')).message).toContain("'Body' is empty");
});

it.each([undefined, '', ' '])('a call permission request needs no body: %j', (body) => {
	expect(callPermissionRequestMessage(body).interactive).not.toHaveProperty('body');
});
