import { sumUse } from '../../../nodes/core/templates/use';

describe('what became of a template', () => {
	it('is summed over the days, by button', () => {
		const click = (button: string, clicks: number) => ({
			button,
			type: 'quick_reply_button',
			clicks,
		});
		expect(
			sumUse([
				{ sent: 3, delivered: 2, read: 1, clicks: [click('No', 1), click('Yes', 1)] },
				{ sent: 1, delivered: 1, clicks: [click('Yes', 2)] },
			]),
		).toEqual({ sent: 4, delivered: 3, read: 1, clicks: [click('Yes', 3), click('No', 1)] });
	});

	it('stays unknown where no day tells it', () => {
		expect(sumUse([{ sent: 1, clicks: [] }])).toEqual({ sent: 1, clicks: [] });
		expect(sumUse([])).toEqual({ clicks: [] });
	});
});
