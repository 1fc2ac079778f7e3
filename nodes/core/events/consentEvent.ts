import type { IDataObject } from 'n8n-workflow';

import { personOf } from './people';
import { asId, asText, compact } from './reading';
import { baseOf, type Source } from './source';
import type { ConsentEvent } from './types';

/** @param preference an entry of `user_preferences[]` (Meta: user_preferences webhook reference) */
export function consentEvent(preference: IDataObject, source: Source): ConsentEvent {
	return {
		kind: 'consent',
		...personOf(source.people, preference.wa_id, preference.user_id),
		category: asText(preference.category),
		value: asText(preference.value),
		detail: asText(preference.detail),
		...baseOf(source, preference, preference.timestamp),
		...compact({ signupId: asId(preference.signup_id) }),
	};
}
