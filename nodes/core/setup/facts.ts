import type { AppSubscription } from '../transport/appApi';
import type { SubscribedApp } from '../transport/cloudApi';
import type { GraphError } from '../transport/errors';
import type { Handshake } from '../transport/handshake';
import type { AccountDetails, Health, NumberDetails, NumberLimits } from '../transport/setupApi';
import type { TokenInfo } from '../transport/tokenInfo';

/** What came of one question to Meta. */
export type Answer<T> = { told: T } | { refusal: GraphError };

/** The parts of the credential that the checks speak of; texts are '' where they are missing. */
export interface CredentialFacts {
	hasAccessToken: boolean;
	hasAppSecret: boolean;
	appId: string;
	businessAccountId: string;
	apiVersion: string;
	baseUrl: string;
}

/** All that the checks judge. What was not asked is undefined. */
export interface SetupFacts {
	/** Epoch seconds. */
	now: number;
	credential: CredentialFacts;
	businessNumberId: string;
	/** Where the trigger waits for deliveries; '' when nobody said. */
	webhookUrl: string;
	token: Answer<TokenInfo>;
	account: Answer<AccountDetails>;
	/** IDs of all numbers of the business account. */
	accountNumbers: Answer<string[]>;
	number: Answer<NumberDetails>;
	limits: Answer<NumberLimits>;
	health: Answer<Health | undefined>;
	subscribedApps: Answer<SubscribedApp[]>;
	/** undefined without app ID and app secret. */
	app?: Answer<AppSubscription | undefined>;
	/** undefined without a webhook URL. */
	handshake?: Handshake;
	/** Whether n8n reaches itself where it resumes runs that wait; undefined when that was not tried. */
	self?: { address: string; isReached: boolean };
}

/** What was told; undefined where it was refused or not asked. */
export function toldBy<T>(answer: Answer<T> | undefined): T | undefined {
	return answer && 'told' in answer ? answer.told : undefined;
}

/** Why it was refused; undefined where it was told or not asked. */
export function refusalIn<T>(answer: Answer<T> | undefined): GraphError | undefined {
	return answer && 'refusal' in answer ? answer.refusal : undefined;
}

/** The app whose token it is, as far as anybody said. */
export function appIdOf({ credential, token }: SetupFacts): string {
	return credential.appId || (toldBy(token)?.appId ?? '');
}
