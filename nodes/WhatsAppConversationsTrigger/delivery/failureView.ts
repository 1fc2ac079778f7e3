import type { IDataObject } from 'n8n-workflow';

import type { WebhookEvent } from '../../core/events/types';
import { describeCode, type CodeDescription } from '../../core/transport/errorTable';

/** Meta gave no code, which is no reason that {@link describeCode} could know. */
const NO_REASON: CodeDescription = {
	kind: 'unknown',
	retry: 'never',
	message: 'The message was not delivered, and WhatsApp did not say why.',
	hint: 'Reach the contact on another channel.',
};

/**
 * What a failed status means, as items show it: the kind of the refusal, what happened, what to do,
 * and whether the same message may be sent again. `{}` for all other events.
 */
export function failureView(event: WebhookEvent): IDataObject {
	if (event.kind !== 'status' || event.status !== 'failed') return {};
	const failure = event.errorCode === 0 ? NO_REASON : describeCode(event.errorCode);
	const { kind, message, hint, retry } = failure;
	return { errorKind: kind, explanation: message, hint, retry };
}
