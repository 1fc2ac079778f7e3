import type { WebhookEvent } from './types';

/** The number ID and the account ID of the samples in Meta's app dashboard. */
const NUMBER_ID = '123456123';
const ACCOUNT_ID = '0';

/** Why the button *Test* of Meta's app dashboard seems to do nothing. */
export const SAMPLE =
	"This delivery is the sample that the button 'Test' of Meta's app dashboard sends: the address and the app secret are right. It tells of a number of Meta's own, so it starts no trigger that has a 'Business Number', and others only once. Write to your business number from a phone to try the workflow.";

/** Whether an event stands in such a sample. */
export function isSample({ businessNumberId, accountId }: WebhookEvent): boolean {
	return businessNumberId === NUMBER_ID || accountId === ACCOUNT_ID;
}
