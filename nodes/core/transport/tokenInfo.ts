import type { IDataObject } from 'n8n-workflow';

import { asList } from './answers';

/** What Meta tells about an access token (Meta: Debug token). */
export interface TokenInfo {
	isValid: boolean;
	appId: string;
	/** `SYSTEM_USER`, `USER`, `APP`, `PAGE`; '' when it is not told. */
	type: string;
	/** Epoch seconds; 0: never. */
	expiresAt: number;
	/** When the app may no longer see the person's data; epoch seconds, 0: never. */
	dataAccessExpiresAt: number;
	scopes: string[];
	/** The objects that a scope was granted for; a scope that is not here holds for all. */
	targets: Record<string, string[]>;
	/** Meta's words about a token that is not valid. */
	reason: string;
}

/** @param answer of `GET /debug_token` */
export function tokenInfoOf(answer: IDataObject): TokenInfo {
	const data = (answer.data ?? {}) as IDataObject;
	const targets = asList(data.granular_scopes)
		.filter(({ target_ids: ids }) => Array.isArray(ids))
		.map(({ scope, target_ids: ids }) => [String(scope), (ids as unknown[]).map(String)]);
	return {
		isValid: data.is_valid === true,
		appId: String(data.app_id ?? ''),
		type: String(data.type ?? ''),
		expiresAt: Number(data.expires_at ?? 0),
		dataAccessExpiresAt: Number(data.data_access_expires_at ?? 0),
		scopes: Array.isArray(data.scopes) ? data.scopes.map(String) : [],
		targets: Object.fromEntries(targets) as Record<string, string[]>,
		reason: String((data.error as IDataObject | undefined)?.message ?? ''),
	};
}
