import { TakenAnswers } from '../../../nodes/core/ask/takenAnswers';

const question = (executionId: string) => ({
	executionId,
	nodeId: 'node',
	signature: 'ab'.repeat(32),
	binding: 'binding',
});

describe('the answers that were taken', () => {
	it('are known by the first message, for each question', () => {
		const taken = new TakenAnswers();
		taken.note(question('1'), 'wamid.a');
		taken.note(question('1'), 'wamid.b');
		expect(taken.of(question('1'))).toBe('wamid.a');
		expect(taken.of({ ...question('1'), binding: 'another' })).toBeUndefined();
		expect(taken.of(question('2'))).toBeUndefined();
	});

	it('are forgotten when there are too many, the oldest first', () => {
		const taken = new TakenAnswers();
		for (let i = 0; i <= 10_000; i++) taken.note(question(String(i)), `wamid.${i}`);
		expect(taken.of(question('0'))).toBeUndefined();
		expect(taken.of(question('1'))).toBe('wamid.1');
		expect(taken.of(question('10000'))).toBe('wamid.10000');
	});
});
