import type { IDataObject } from 'n8n-workflow';

import { contentOf } from './messageContent';
import { personOf } from './people';
import { asId } from './reading';
import { baseOf, type Source } from './source';
import type { EchoEvent } from './types';

/** @param echo an entry of `message_echoes[]` (Meta: smb_message_echoes webhook reference) */
export function echoEvent(echo: IDataObject, source: Source): EchoEvent {
	return {
		kind: 'echo',
		messageId: asId(echo.id),
		...contentOf(echo),
		...personOf(source.people, echo.to, echo.to_user_id),
		...baseOf(source, echo, echo.timestamp),
	};
}
