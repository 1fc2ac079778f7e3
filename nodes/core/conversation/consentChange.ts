import { isMetas, standingNoes, type ConsentRecord } from './consent';

/**
 * Whether a stop or start word has changed anything: what it says holds now, and did not hold before.
 * Its own record, which an earlier delivery of the same message may have left, is not counted as
 * before, so that a first word is never taken for a repetition.
 *
 * @param said the record of the word or the tap
 */
export function changesConsent(
	said: ConsentRecord,
	before: readonly ConsentRecord[],
	after: readonly ConsentRecord[],
): boolean {
	const wantsOut = said.state === 'opted_out';
	const earlier = before.filter((record) => !isSameStatement(record, said));
	return isOut(after, said) === wantsOut && isOut(earlier, said) !== wantsOut;
}

function isSameStatement(a: ConsentRecord, b: ConsentRecord): boolean {
	return a.scope === b.scope && a.source === b.source && a.state === b.state && a.at === b.at;
}

/** A start word takes back every opt-out but Meta's, a stop adds one of its scope. */
function isOut(records: readonly ConsentRecord[], { state, scope }: ConsentRecord): boolean {
	return standingNoes(records).some(
		(no) => !isMetas(no) && (state !== 'opted_out' || no.scope === scope || no.scope === 'all'),
	);
}
