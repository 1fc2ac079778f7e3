import type { IDataObject } from 'n8n-workflow';

import { contentOf } from './messageContent';
import { personOf } from './people';
import { asId } from './reading';
import { baseOf, type Source } from './source';
import type { EchoEvent } from './types';

/** @param echo an entry of `message_echoes[]` (Meta: smb_message_echoes, Standby webhooks) */
export function echoEvent(echo: IDataObject, source: Source): EchoEvent {
	return {
		kind: 'echo',
		messageId: asId(echo.id),
		...(source.field === 'smb_message_echoes' && { fromApp: true }),
		...contentOf(echo),
		...personOf(source.people, echo.to, echo.to_user_id),
		...baseOf(source, echo, echo.timestamp),
	};
}
