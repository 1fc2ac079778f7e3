import { isObject } from '../../isObject';
import { EVERYTHING } from '../capabilities';
import type { CloudDialect } from '../dialect';

import { META } from './meta';

/** Kapso: Meta's paths below an address of its own (Kapso: Meta proxy). */
export const KAPSO: CloudDialect = {
	...META,
	provider: 'Kapso',
	capabilities: { ...EVERYTHING, userIds: false, registration: false },
	fileQuery: ({ businessNumberId }) => ({ phone_number_id: businessNumberId }),
	// 'url' is Meta's address, to which Kapso's key is no key (Kapso: Download media file).
	fileAddressIn: 'download_url',
	mediaHosts: ['kapso.ai'],
	numbers: 'own',
	errorOf: (answer) =>
		isObject(answer) && answer.code === 'marketing_preference_stopped'
			? { error: { code: 131050, message: answer.code } }
			: undefined,
};
