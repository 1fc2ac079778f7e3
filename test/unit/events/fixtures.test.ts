import { readdirSync } from 'fs';
import { join } from 'path';

import { parseDelivery } from '../../../nodes/core/events/parse';
import type { AccountEvent, MessageEvent } from '../../../nodes/core/events/types';
import { describeWithFixtures, readFixture } from '../../fixtures';

import { AT } from './payloads';

const FOLDER = ['meta-openapi-v23', 'webhooks'];

const contact = { phone: '16505551234' };
const name = 'Sheena Nelson';
const group = 'Y2FwaV9ncm91cDoxODA1NTU1MDE3MjoxMjAzNjMyMjI3NzE5NjMwNjcZD';

/** What each of Meta's own examples says. */
const EXPECTED: Record<string, Partial<MessageEvent> | Partial<AccountEvent>> = {
	button_message: {
		type: 'button',
		text: 'Unsubscribe',
		reply: { id: 'Unsubscribe', title: 'Unsubscribe' },
		replyTo: {
			messageId: 'wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBJFNjk2OTMwNEZCQjhGMzUyQUYA',
			from: '15550783881',
		},
		at: 1750091045,
		contact,
		name,
	},
	contact_sharing_message: {
		type: 'contacts',
		details: { contacts: [expect.objectContaining({ org: { company: 'Google' } })] },
		contact,
		name,
	},
	group_create_message: { kind: 'account', event: 'group_create', at: 1750269342 },
	group_remove_participants: {
		kind: 'account',
		field: 'group_participants_update',
		at: 1750269342,
	},
	group_settings_update: {
		kind: 'account',
		event: 'group_settings_update',
		raw: expect.objectContaining({ group_id: group }),
	},
	image_message: {
		type: 'image',
		text: 'Taj Mahal',
		media: {
			id: '1003383421387256',
			mimeType: 'image/jpeg',
			sha256: 'SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=',
		},
		contact,
	},
	interactive_button_reply_message: {
		type: 'interactive',
		text: 'Cancel',
		reply: { id: 'cancel-button', title: 'Cancel' },
	},
	interactive_list_reply_message: {
		type: 'interactive',
		text: 'Priority Mail Express',
		reply: {
			id: 'priority_express',
			title: 'Priority Mail Express',
			description: 'Next Day to 2 Days',
		},
	},
	location_message: {
		type: 'location',
		text: '',
		details: {
			location: {
				latitude: 37.44221496582,
				longitude: -122.16165924072,
				name: 'Philz Coffee',
				address: '101 Forest Ave, Palo Alto, CA 94301',
				url: 'https://philzcoffee.com/',
			},
		},
	},
	order_message: {
		type: 'order',
		text: '',
		details: { order: expect.objectContaining({ catalog_id: '194836987003835' }) },
	},
	reaction_message: {
		type: 'reaction',
		text: '',
		details: {
			reaction: {
				messageId: 'wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI0RTJEOTc2ODVERUY5RDlGNkYA',
				emoji: '👍',
				removed: false,
			},
		},
	},
	system_message: {
		type: 'system',
		text: 'User Sheena Nelson changed from 16505551234 to 12195555358',
		contact,
		name: '',
		details: {
			system: {
				type: 'user_changed_number',
				newPhone: '+12195555358',
				userId: '',
				previousUserId: '',
			},
		},
	},
	text_message: {
		kind: 'message',
		messageId: 'wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=',
		type: 'text',
		text: 'Does it come in another color?',
		at: 1749416383,
		contact,
		name,
		businessNumberId: '106540352242922',
		businessPhone: '15550783881',
		accountId: '419561257915477',
	},
	text_message_from_click_to_whatsapp_ad: {
		text: 'Hello! Can I get more info on this?',
		referral: expect.objectContaining({ source_type: 'ad', source_id: '120226305854810726' }),
	},
	text_message_with_context_product_inquiry: {
		text: 'Is this still available?',
		details: {
			referredProduct: { catalog_id: '194836987003835', product_retailer_id: 'di9ozbzfi4' },
		},
	},
	unsupported_message: {
		type: 'unsupported',
		text: '',
		errors: [expect.objectContaining({ code: 131051 })],
	},
};

describeWithFixtures("Meta's published examples of webhooks", (dir) => {
	it('are all expected here', () => {
		const files = readdirSync(join(dir, ...FOLDER)).map((file) => file.replace('.json', ''));
		expect(files.sort()).toEqual(Object.keys(EXPECTED).sort());
	});

	it.each(Object.entries(EXPECTED))('%s', (file, expected) => {
		const events = parseDelivery(readFixture(...FOLDER, `${file}.json`), AT);
		expect(events).toMatchObject([expected]);
	});
});
