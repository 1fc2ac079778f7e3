import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../isObject';

import { contentOf } from './messageContent';
import { personOf } from './people';
import { asId, asObject } from './reading';
import { baseOf, type Source } from './source';
import type { EchoEvent } from './types';

/**
 * What another responder has sent comes as its request, under `message`; what a colleague wrote in the
 * app as a message would.
 *
 * @param echo an entry of `message_echoes[]` (Meta: smb_message_echoes, Standby webhooks)
 */
export function echoEvent(echo: IDataObject, source: Source): EchoEvent {
	const sent = isObject(echo.message) ? asObject(echo.message) : echo;
	return {
		kind: 'echo',
		messageId: asId(echo.id),
		...(source.field === 'smb_message_echoes' && { fromApp: true }),
		...contentOf(sent),
		...personOf(source.people, sent.to, sent.to_user_id ?? sent.recipient),
		...baseOf(source, echo, echo.timestamp),
	};
}
