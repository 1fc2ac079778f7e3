import { randomInt } from 'crypto';

import { isObject } from '../isObject';

import type { SendRequest } from './graphApi';

/** What came of asking a callback for its challenge, as Meta does. */
export interface Handshake {
	/** Whether the challenge came back. */
	isRight: boolean;
	/** Of the answer; undefined when none came. */
	httpStatus?: number;
	/** Why none came, e.g. `ECONNREFUSED`, or the code of a certificate that is not trusted. */
	code?: string;
	/** The same in the words of the connection. */
	reason?: string;
}

/** Meta waits no longer either. */
const TIMEOUT_MS = 10_000;

/**
 * Asks a callback for the challenge just as Meta does when it is registered (Meta: Create a webhook
 * endpoint).
 *
 * @param sendRequest without any token
 */
export async function shakeHands(
	sendRequest: SendRequest,
	url: string,
	verifyToken: string,
): Promise<Handshake> {
	const challenge = String(randomInt(100_000_000, 2_000_000_000));
	try {
		const { statusCode, body } = (await sendRequest({
			method: 'GET',
			url,
			qs: {
				'hub.mode': 'subscribe',
				'hub.challenge': challenge,
				'hub.verify_token': verifyToken,
			},
			json: false,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			timeout: TIMEOUT_MS,
		})) as { statusCode: number; body: unknown };
		// The request helper may have read the digits as a number.
		const isRight = statusCode === 200 && String(body).trim() === challenge;
		return { isRight, httpStatus: statusCode };
	} catch (error) {
		return { isRight: false, code: codeOf(error), reason: (error as Error).message };
	}
}

function codeOf(error: unknown): string {
	if (!isObject(error)) return '';
	return typeof error.code === 'string' ? error.code : codeOf(error.cause);
}
