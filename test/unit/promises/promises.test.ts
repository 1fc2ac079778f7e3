import { consent } from './consent';
import { errors } from './errors';
import { sentencesOf } from './sentences';
import { state } from './state';
import { templates } from './templates';
import { titlesIn } from './titles';
import { window } from './window';

/** What the pages promise, each with a test that proves it. */
describe.each([window, consent, state, templates, errors])(
	'$page',
	({ page, promises, ofOthers, advice, measured = [] }) => {
		const quoted = [...Object.keys(promises), ...ofOthers, ...advice, ...measured];
		const sentences = sentencesOf(page);

		it('has no sentence that is not quoted, with what proves it', () => {
			expect(sentences.filter((sentence) => !quoted.includes(sentence))).toEqual([]);
		});

		it('still has every sentence that is quoted, each in one list', () => {
			expect(quoted.filter((sentence) => !sentences.includes(sentence))).toEqual([]);
			expect(quoted.filter((sentence, index) => quoted.indexOf(sentence) < index)).toEqual([]);
		});

		it.each(Object.entries(promises))('%s', (_promise, proofs) => {
			expect(proofs).not.toEqual([]);
			expect(proofs.filter((proof) => !isThere(proof))).toEqual([]);
		});
	},
);

const titles = new Map<string, Set<string>>();

function isThere(proof: string): boolean {
	const [file] = proof.split(': ', 1);
	const known = titles.get(file) ?? titlesIn(`${file}.test.ts`);
	titles.set(file, known);
	return known.has(proof.slice(file.length + 2));
}
