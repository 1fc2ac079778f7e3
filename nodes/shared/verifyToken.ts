import { createHmac } from 'crypto';

import type { CloudApiCredential } from './connection';

/**
 * The word that Meta repeats when it checks the callback: the credential's own, else one that only
 * those who know the app secret can make.
 */
export function verifyTokenOf({
	verifyToken,
	appSecret,
}: Pick<CloudApiCredential, 'verifyToken' | 'appSecret'>): string {
	if (verifyToken || !appSecret) return verifyToken;
	return createHmac('sha256', appSecret).update('webhook verify token').digest('hex');
}
