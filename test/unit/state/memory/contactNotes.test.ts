import fc from 'fast-check';

import { fingerprintOf } from '../../../../nodes/core/state/fingerprint';
import { ContactNotes } from '../../../../nodes/core/state/memory/contactNotes';

const NOW = 1_764_400_000;
const ANN = '4915112340001';
const USER = 'DE.13491208655302741918';

function noted(...notes: Array<Parameters<ContactNotes['put']>>): ContactNotes {
	const all = new ContactNotes(new Map());
	for (const one of notes) all.put(...one);
	return all;
}

/** What a new process knows of them. */
function copyOf(notes: ContactNotes, erased = new Map<string, number>()): ContactNotes {
	const copy = new ContactNotes(erased);
	copy.joinText(notes.textAt(NOW));
	return copy;
}

describe('ContactNotes', () => {
	it('know the latest name and the latest message under any identifier of a contact', () => {
		const notes = noted(
			[ANN, { name: 'Ann', namedAt: NOW - 9 }],
			[USER, { name: 'Ann Lee', namedAt: NOW }],
			[ANN, { writtenToAt: NOW - 5 }],
			[USER, { writtenToAt: NOW - 7 }],
		);
		const expected = { name: 'Ann Lee', namedAt: NOW, writtenToAt: NOW - 5 };
		expect(notes.of([USER, ANN])).toEqual(expected);
		expect(copyOf(notes).of([USER, ANN])).toEqual(expected);
	});

	it('come to the same in any order, twice, and through a saved text', () => {
		const note = fc.record({
			name: fc.string({ unit: 'grapheme', maxLength: 70 }),
			namedAt: fc.integer({ min: NOW - 5, max: NOW }),
			writtenToAt: fc.constantFrom(0, NOW - 1, NOW),
		});
		fc.assert(
			fc.property(fc.array(note, { minLength: 1, maxLength: 6 }), fc.nat(), (told, place) => {
				const all = noted(...told.map((one) => [ANN, one] as [string, object]));
				const turned = [...told.slice(place % told.length), ...told, told[0]].reverse();
				const other = noted(...turned.map((one) => [ANN, one] as [string, object]));
				expect(other.of([ANN])).toEqual(all.of([ANN]));
				expect(copyOf(all).of([ANN])).toEqual(all.of([ANN]));
				const { revision } = all;
				all.joinText(other.textAt(NOW));
				expect(all.revision).toBe(revision);
			}),
		);
	});

	it('keep a name in one line, and cut one that is longer than any', () => {
		const name = `${'Ann\t\n'.repeat(3)}${'🌷'.repeat(80)}`;
		const kept = copyOf(noted([ANN, { name, namedAt: NOW }])).of([ANN]).name;
		expect(kept).toBe(`Ann Ann Ann ${'🌷'.repeat(48)}`);
	});

	it('do not come back when a contact was forgotten, but begin afresh', () => {
		const notes = noted([ANN, { name: 'Ann', namedAt: NOW - 9, writtenToAt: NOW }]);
		const erased = new Map([[fingerprintOf(ANN), NOW - 9]]);
		expect(copyOf(notes, erased).of([ANN])).toEqual({ name: '', namedAt: 0, writtenToAt: NOW });
	});

	it('are those of the latest contacts, and of the last days', () => {
		const notes = new ContactNotes(new Map());
		for (let i = 0; i < 2_001; i++) notes.put(String(49_000_000 + i), { writtenToAt: NOW });
		notes.put(USER, { writtenToAt: NOW - 8 * 86_400 });
		expect(notes.of(['49000000']).writtenToAt).toBe(0);
		expect(notes.of(['49002000']).writtenToAt).toBe(NOW);
		expect(notes.of([USER]).writtenToAt).toBeGreaterThan(0);
		expect(copyOf(notes).of([USER]).writtenToAt).toBe(0);
	});

	it.each(['', 'x', 'AAAAAAAA', 'AAAAAAAA\tzz!\t-\tAnn', '\n\t\n', '__proto__\t1\t1\tAnn'])(
		'read a damaged text without harm: %j',
		(text) => {
			const notes = new ContactNotes(new Map());
			notes.joinText(text);
			expect(notes.of([ANN])).toEqual({ name: '', namedAt: 0, writtenToAt: 0 });
			notes.joinText(notes.textAt(NOW));
		},
	);
});
