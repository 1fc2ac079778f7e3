import { accountNumbers } from '../callback/accountNumbers';
import { addressFlaw } from '../callback/address';
import type { AppApi } from '../transport/appApi';
import type { CloudApi } from '../transport/cloudApi';
import type { GraphError } from '../transport/errors';
import type { SendRequest } from '../transport/graphApi';
import { shakeHands } from '../transport/handshake';
import { ProviderRefusal } from '../transport/providerRefusal';
import type { SetupApi } from '../transport/setupApi';
import type { TokenInfo } from '../transport/tokenInfo';

import { refusalIn, type Answer, type CredentialFacts, type SetupFacts } from './facts';

/** Everything that the facts are asked from. */
export interface Sources {
	cloud: CloudApi;
	setup: SetupApi;
	/** undefined without app ID and app secret. */
	app?: AppApi;
	/** Sends without any token, for the trigger's own address. */
	sendPlainly: SendRequest;
	accessToken: string;
	verifyToken: string;
}

export interface SetupQuestion {
	credential: CredentialFacts;
	/** '' with {@link unknownNumber}. */
	businessNumberId: string;
	/** Why Meta did not tell which number it is, where none was chosen. */
	unknownNumber?: GraphError;
	/** '' when nobody said. */
	webhookUrl: string;
	/** See {@link SetupFacts.self}. */
	self?: SetupFacts['self'];
}

/**
 * Asks Meta and the trigger's address for everything that the checks judge, all at once. Changes
 * nothing, and does not throw for what is refused.
 *
 * @param now epoch seconds
 */
export async function gatherFacts(
	sources: Sources,
	question: SetupQuestion,
	now: number,
): Promise<SetupFacts> {
	const { cloud, setup, app, sendPlainly, verifyToken } = sources;
	const { businessNumberId, unknownNumber, webhookUrl } = question;
	const ofNumber = async <T>(ask: (id: string) => Promise<T>): Promise<Answer<T>> =>
		unknownNumber ? { refusal: unknownNumber } : await answerOf(ask(businessNumberId));
	const [
		token,
		account,
		accountNumbers,
		number,
		limits,
		health,
		subscribedApps,
		appSubscription,
		handshake,
	] = await Promise.all([
		tokenInfo(sources),
		answerOf(setup.account(cloud.businessAccountId)),
		answerOf(numbersOf(cloud)),
		ofNumber(async (id) => await setup.number(id)),
		ofNumber(async (id) => await setup.limits(id)),
		ofNumber(async (id) => await setup.health(id)),
		answerOf(cloud.subscribedApps()),
		app && answerOf(app.subscription()),
		webhookUrl && !addressFlaw(webhookUrl, question.credential.baseUrl)
			? shakeHands(sendPlainly, webhookUrl, verifyToken)
			: undefined,
	]);
	return {
		now,
		...question,
		token,
		account,
		accountNumbers,
		number,
		limits,
		health,
		subscribedApps,
		...(appSubscription && { app: appSubscription }),
		...(handshake && { handshake }),
	};
}

/** The app may ask about a token that has ended; the token itself also about another app's. */
async function tokenInfo({ app, setup, accessToken }: Sources): Promise<Answer<TokenInfo>> {
	const byApp = app && (await answerOf(app.tokenInfo(accessToken)));
	if (byApp && !refusalIn(byApp)) return byApp;
	return await answerOf(setup.tokenInfo(accessToken));
}

async function numbersOf(cloud: CloudApi): Promise<string[]> {
	const ids: string[] = [];
	for await (const { id } of accountNumbers(cloud)) ids.push(id);
	return ids;
}

async function answerOf<T>(request: Promise<T>): Promise<Answer<T>> {
	return await request.then(
		(told) => ({ told }),
		async (error: unknown) =>
			error instanceof ProviderRefusal
				? { refusal: error.refusal }
				: await Promise.reject(error as Error),
	);
}
