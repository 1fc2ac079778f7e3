import { FOREIGN_FORM, isForeignForm } from '../../core/events/compatible';
import { isSample, SAMPLE } from '../../core/events/sample';
import { providerOf } from '../../shared/provider';
import { logQuietly } from '../quietLog';

import { isOfAnotherNumber } from './admit';
import type { Delivery, Told } from './delivery';

const NOT_WHATSAPP =
	"A delivery starts nothing: it is not about a WhatsApp business account. Subscribe the app to the fields of 'Whatsapp Business Account'.";

const OTHER_NUMBER =
	"A delivery starts nothing: it is about another number than the 'Business Number' of this trigger.";

/**
 * Says in the log why a proven delivery starts nothing, where that would be a riddle.
 *
 * @returns what the provider's own log should say of it; '' of nearly all deliveries
 */
export function explainUnexpected(delivery: Delivery, body: unknown, events: Told[]): string {
	const { context } = delivery;
	switch (providerOf(context)) {
		case 'clickatell':
			return '';
		case 'compatible':
			if (!isForeignForm(body)) return '';
			context.logger.warn(FOREIGN_FORM, { workflowId: context.getWorkflow().id });
			return FOREIGN_FORM;
		default:
			if (events.some(({ event }) => isSample(event))) logQuietly(context, 'warn', SAMPLE);
			else if (isForeignForm(body)) logQuietly(context, 'warn', NOT_WHATSAPP);
			else if (
				events.length > 0 &&
				events.every(({ event }) => isOfAnotherNumber(delivery, event))
			) {
				logQuietly(context, 'info', OTHER_NUMBER);
			}
			return '';
	}
}
