import type { IExecuteFunctions } from 'n8n-workflow';

import type { Sources } from '../../core/setup/gather';
import type { CloudApi } from '../../core/transport/cloudApi';
import { rootOf } from '../../core/transport/graphApi';
import { SetupApi } from '../../core/transport/setupApi';
import {
	connectApp,
	credentialOf,
	sendPlainly,
	sendWithToken,
	type CloudApiCredential,
} from '../../shared/connection';
import { verifyTokenOf } from '../../shared/verifyToken';

/** What the check of a set-up at Meta looks at. */
export interface Setup {
	credential: CloudApiCredential;
	sources: Sources;
}

/** @param cloud Meta by the node's credential */
export async function openSetup(context: IExecuteFunctions, cloud: CloudApi): Promise<Setup> {
	const credential = await credentialOf(context);
	const { accessToken, appId, appSecret } = credential;
	return {
		credential,
		sources: {
			cloud,
			setup: new SetupApi(sendWithToken(context), rootOf(credential)),
			...(appId && appSecret ? { app: connectApp(context, credential) } : {}),
			sendPlainly: sendPlainly(context),
			accessToken,
			verifyToken: verifyTokenOf(credential),
		},
	};
}
