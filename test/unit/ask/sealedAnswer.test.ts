import { openSealed, sealAnswer } from '../../../nodes/core/ask/sealedAnswer';

const QUESTION = { executionId: '7', nodeId: 'node', binding: 'binding' };
const ANSWER = { answerId: 'yes', message: { text: 'Ja\u2028\ud83d\ude00', 2: 'b', 1: 'a' } };

describe('a sealed answer', () => {
	const sealed = sealAnswer('secret', QUESTION, ANSWER);

	it('is opened after its way through JSON', () => {
		const body = JSON.parse(JSON.stringify(sealed)) as typeof sealed;
		expect(openSealed('secret', QUESTION, body)).toEqual(ANSWER);
	});

	it.each([
		['another secret', 'other', QUESTION, sealed],
		['no secret', '', QUESTION, sealAnswer('', QUESTION, ANSWER)],
		['another run', 'secret', { ...QUESTION, executionId: '8' }, sealed],
		['another node', 'secret', { ...QUESTION, nodeId: 'other' }, sealed],
		['another question', 'secret', { ...QUESTION, binding: 'other' }, sealed],
		['another content', 'secret', QUESTION, { ...sealed, content: '{}' }],
		['no proof', 'secret', QUESTION, { content: sealed.content }],
		['nothing', 'secret', QUESTION, {}],
	])('is not opened with %s', (_, secret, question, body) => {
		expect(openSealed(secret, question, body)).toBeUndefined();
	});
});
