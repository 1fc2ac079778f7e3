import {
	BROADCAST_TABLE,
	refusalOfAnswer,
	STATE_TABLE,
} from '../../../nodes/core/transport/dataTableRefusals';

const PLACE = { address: 'http://n8n', path: '/t1/rows' };

const refusal = (use: typeof STATE_TABLE, message: string) =>
	refusalOfAnswer(use, PLACE, 400, { message });

/** What the texts about a table tell to do is possible with that table. */
describe('a refused request', () => {
	it('to the table of the state, which lacks a column, names the operation that makes one', () => {
		expect(refusal(STATE_TABLE, "unknown column 'version'")).toMatchObject({
			message:
				"The data table lacks a column that the conversation state needs: unknown column 'version'.",
			hint: "Create a table with the operation 'Create State Table', and choose it as 'State Table'.",
		});
	});

	it('to the table of broadcasts does not speak of the state', () => {
		expect(refusal(BROADCAST_TABLE, "unknown column 'attempt'")).toMatchObject({
			message: "The data table lacks a column that broadcasts need: unknown column 'attempt'.",
			hint: expect.stringMatching(/^Rename the table WhatsApp Broadcasts/),
		});
		const { hint } = refusal(BROADCAST_TABLE, 'no');
		expect(hint).toBe("Check the credential 'n8n Data Table API'.");
		expect(refusal(STATE_TABLE, 'no').hint).toBe(
			"Check 'State Table' and the credential 'n8n Data Table API'.",
		);
	});
});
