import fc from 'fast-check';

import { bindingOf, isBound } from '../../../nodes/core/ask/binding';
import { isAskedOf, readReference, writeReference } from '../../../nodes/core/ask/reference';
import { resumeAddress, waitingAt } from '../../../nodes/core/ask/resumeAddress';

const NUMBER = '106540352242922';
const ANN = '4915112340001';
const WAITING = {
	executionId: '123456',
	nodeId: '7b9f3c1e-52a1-4c44-8d0c-2f8f7f3f1a10',
	signature: 'ab'.repeat(32),
	binding: bindingOf(NUMBER, [ANN]),
};

const hex = (length: number) =>
	fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });

describe('the way back of a tap', () => {
	it('is read as it was written, whatever the IDs are', () => {
		const executionId = fc.string({
			unit: fc.constantFrom(...'0123456789abcXYZ_-'),
			minLength: 1,
			maxLength: 20,
		});
		const nodeId = fc.oneof(
			fc.uuid(),
			fc.string({ minLength: 1, maxLength: 30 }).filter((id) => !/^\.\.?$/.test(id)),
		);
		fc.assert(
			fc.property(
				executionId,
				nodeId,
				hex(64),
				fc.string({ maxLength: 20 }),
				(execution, node, signature, own) => {
					const waiting = { ...WAITING, executionId: execution, nodeId: node, signature };
					const text = writeReference(waiting, own, 256);
					expect(readReference(text)).toEqual({ ...waiting, answerId: own, text });
				},
			),
		);
	});

	it.each([
		['a button', 256, 'delivery_on_monday'],
		['a row', 200, 'delivery_on_monday'],
		['a quick reply', 128, 'on_monday'],
	])('fits into %s, with an ID of the answer', (_, limit, own) => {
		const binding = bindingOf(NUMBER, [ANN, 'DE.13491208655302741918']);
		const waiting = { ...WAITING, executionId: '99999999', binding };
		const text = writeReference(waiting, own, limit);
		expect(text.length).toBeLessThanOrEqual(limit);
		expect(readReference(text)?.answerId).toBe(own);
	});

	it('leaves out an ID for which there is no room', () => {
		const text = writeReference(WAITING, 'x'.repeat(200), 128);
		expect(text.length).toBeLessThanOrEqual(128);
		expect(readReference(text)).toMatchObject({ executionId: '123456', answerId: '' });
	});

	it('is never cut off in the middle', () => {
		expect(() => writeReference(WAITING, '', 90)).toThrow(RangeError);
	});

	it.each(['', 'yes', 'a1.', 'a1.1.2.3.4.5', `a2${writeReference(WAITING, 'x', 256).slice(2)}`])(
		"is not seen in '%s'",
		(text) => {
			expect(readReference(text)).toBeUndefined();
		},
	);

	it('reads nothing else than it wrote, and never throws', () => {
		const [, ...parts] = writeReference(WAITING, '', 256).split('.');
		fc.assert(
			fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(...parts))), (pieces) => {
				const text = ['a1', ...pieces].join('.');
				const read = readReference(text);
				if (read) expect(writeReference(read, read.answerId, 1_000)).toHaveLength(text.length);
			}),
		);
	});
});

describe('whom a question was put to', () => {
	it('is known by each of its identifiers, in every form of its number', () => {
		const binding = bindingOf(NUMBER, ['5511987654321', 'BR.1234567890']);
		for (const id of ['5511987654321', '551187654321', 'BR.1234567890']) {
			expect(isBound(binding, NUMBER, [id])).toBe(true);
		}
	});

	it.each([
		['another contact', NUMBER, ['4915112340002']],
		['another business number', '106540352242923', [ANN]],
		['nobody', NUMBER, []],
	])('is not %s', (_, number, ids) => {
		expect(isAskedOf(WAITING, number, ids)).toBe(false);
	});

	it('is somebody in a binding that is no binding of ours', () => {
		for (const binding of ['', 'x', '----------------']) {
			expect(isBound(binding, NUMBER, [ANN])).toBe(false);
		}
	});

	it('differs between two questions to the same contact', () => {
		expect(bindingOf(NUMBER, [ANN])).not.toBe(bindingOf(NUMBER, [ANN]));
	});
});

describe('the address that resumes a run', () => {
	const base = 'https://n8n.example.com/path/webhook-waiting';

	it('is made again letter by letter of what n8n signed', () => {
		const { executionId, nodeId, binding, signature } = WAITING;
		const url = `${base}/${executionId}/${nodeId}?contact=${binding}&signature=${signature}`;
		const waiting = waitingAt(url, executionId, nodeId);
		expect(waiting).toEqual(WAITING);
		expect(resumeAddress(base, WAITING)).toBe(url);
	});

	it.each([
		['another node', `${base}/123456/other?contact=x&signature=y`],
		['no signature', `${base}/123456/${WAITING.nodeId}?contact=x`],
		['nobody', `${base}/123456/${WAITING.nodeId}?signature=y`],
	])('is not known where it names %s', (_, url) => {
		expect(waitingAt(url, '123456', WAITING.nodeId)).toBeUndefined();
	});
});
