import type { SetupFacts } from '../../../nodes/core/setup/facts';
import type { GraphError } from '../../../nodes/core/transport/errors';
import { readGraphError } from '../../../nodes/core/transport/errors';

/** 2026-11-20T12:00:00Z. */
export const NOW = 1_795_176_000;
export const DAY = 86_400;

const APP = '670843887433847';
export const ACCOUNT = '102290129340398';
export const NUMBER = '106540352242922';
export const OURS = 'https://n8n.example.com/webhook/3f0b/webhook';

export const TOKEN_INFO = {
	isValid: true,
	appId: APP,
	type: 'SYSTEM_USER',
	expiresAt: 0,
	dataAccessExpiresAt: 0,
	scopes: ['whatsapp_business_messaging', 'whatsapp_business_management'],
	targets: {} as Record<string, string[]>,
	reason: '',
};

export const NUMBER_DETAILS = {
	displayPhoneNumber: '+1 555-078-3881',
	verifiedName: 'Corner Shop',
	status: 'CONNECTED',
	platformType: 'CLOUD_API',
	verification: 'VERIFIED',
	quality: 'GREEN',
	nameStatus: 'APPROVED',
	callbacks: { phoneNumber: OURS, businessAccount: '', app: 'https://other.example/app' },
};

export const APP_SUBSCRIPTION = {
	callbackUrl: 'https://other.example/app',
	fields: ['messages'],
	isActive: true,
};

/** A set-up in which every check finds all as it should be. */
export const RIGHT: SetupFacts = {
	now: NOW,
	credential: {
		hasAccessToken: true,
		hasAppSecret: true,
		appId: APP,
		businessAccountId: ACCOUNT,
		apiVersion: 'v26.0',
		baseUrl: 'https://graph.facebook.com',
	},
	businessNumberId: NUMBER,
	webhookUrl: OURS,
	token: { told: TOKEN_INFO },
	account: { told: { name: 'Corner Shop', reviewStatus: 'APPROVED' } },
	accountNumbers: { told: [NUMBER] },
	number: { told: NUMBER_DETAILS },
	limits: { told: { messagingLimit: 'TIER_2K', throughput: 'STANDARD' } },
	health: {
		told: {
			canSend: 'AVAILABLE',
			entities: [{ type: 'WABA', canSend: 'AVAILABLE', notices: [] }],
		},
	},
	subscribedApps: { told: [{ id: APP, name: 'Shop', callbackUrl: '' }] },
	app: { told: APP_SUBSCRIPTION },
	handshake: { isRight: true, httpStatus: 200 },
	self: { address: 'https://n8n.example.com/webhook-waiting', isReached: true },
};

/** What Meta's error with this code reads as. */
export function refused(code: number, subcode?: number): { refusal: GraphError } {
	const error = { code, error_subcode: subcode, message: `(#${code}) refused` };
	return { refusal: readGraphError({ error }, 400) };
}
