import type { IDataObject } from 'n8n-workflow';

import { remindAfterOption } from '../../../nodes/WhatsAppConversations/ask/inLoop';
import { limitWaitTimeOption, UNIT_MS } from '../../../nodes/WhatsAppConversations/ask/waitLimit';

describe('the options of a question, as they are added', () => {
	it('leave time for a reminder before the question is given up', () => {
		const reminder = (remindAfterOption.default as IDataObject).values as IDataObject;
		const limit = (limitWaitTimeOption.default as IDataObject).values as IDataObject;
		const ms = (amount: unknown, unit: unknown) => Number(amount) * UNIT_MS[String(unit)];
		expect(ms(reminder.amount, reminder.unit)).toBeLessThan(
			ms(limit.resumeAmount, limit.resumeUnit),
		);
	});
});
