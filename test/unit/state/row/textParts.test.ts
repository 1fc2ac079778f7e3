import * as fc from 'fast-check';

import { fromParts, toParts } from '../../../../nodes/core/state/row/textParts';

describe('a text in parts', () => {
	it('comes back as it was, however long it is', () => {
		fc.assert(
			fc.property(fc.string(), fc.nat(300_000), (piece, length) => {
				const text = piece.padEnd(length, 'abc');
				expect(fromParts(toParts(text))).toBe(text);
			}),
			{ numRuns: 50 },
		);
	});

	it('has parts that fit into ordinary pages of memory', () => {
		const parts = toParts('x'.repeat(1_000_000));
		for (const part of parts) expect(part.length).toBeLessThan(128 * 1024);
		expect(parts.length).toBeLessThan(20);
	});

	it('has no part when it is empty', () => {
		expect(toParts('')).toEqual([]);
		expect(fromParts([])).toBe('');
	});

	it.each([undefined, null, 'text', 5, {}, ['a', 5]])('is none of %j', (value) => {
		expect(fromParts(value)).toBeUndefined();
	});
});
