import type { Json } from './types';

/** How the business is set up at Meta; a test may break any of it. */
export interface Setup {
	/** Scopes of the access token. */
	scopes: string[];
	/** The accounts that the scopes were granted for; undefined: for all. */
	grantedAccounts?: string[];
	/** Epoch seconds; 0: never. */
	tokenExpiresAt: number;
	/** The app that the access token was made for, where it is not the simulator's own. */
	tokenAppId?: string;
	/** Whether the access token may see the business account. */
	accountReachable: boolean;
	/** Other fields of `GET /{business account ID}`, e.g. `{ account_review_status: 'PENDING' }`. */
	account: Json;
	/** Other fields of all numbers, e.g. `{ status: 'PENDING' }`; one that is undefined is not told. */
	number: Json;
	/** Whether the account lets marketing templates go through the Cloud API. */
	marketingOnCloudApi: boolean;
	/** Whether Meta has switched the app's callback off. */
	appCallbackOff: boolean;
}

/** All as it should be. */
export function rightSetup(): Setup {
	return {
		scopes: ['whatsapp_business_management', 'whatsapp_business_messaging'],
		tokenExpiresAt: 0,
		accountReachable: true,
		account: {},
		number: {},
		marketingOnCloudApi: true,
		appCallbackOff: false,
	};
}

/** `health_status` in which all may send but one, which may not, or not fully. */
export function healthOf(
	entityType: string,
	canSend: 'AVAILABLE' | 'LIMITED' | 'BLOCKED',
	more: Json = {},
): Json {
	const types = ['PHONE_NUMBER', 'WABA', 'BUSINESS', 'APP'];
	return {
		can_send_message: canSend,
		entities: types.map((type) => ({
			entity_type: type,
			id: '1',
			can_send_message: type === entityType ? canSend : 'AVAILABLE',
			...(type === entityType ? more : {}),
		})),
	};
}
