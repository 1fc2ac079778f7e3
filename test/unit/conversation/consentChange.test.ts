import type { ConsentRecord } from '../../../nodes/core/conversation/consent';
import { joinConsent } from '../../../nodes/core/conversation/consent';
import { changesConsent } from '../../../nodes/core/conversation/consentChange';
import { recordOf } from '../../../nodes/core/conversation/keywords';

const stop = (at: number) => recordOf('stop', false, 'STOP', at);
const start = (at: number) => recordOf('start', false, 'START', at);
const stopOffers = (at: number) => recordOf('stop', true, 'Stop promotions', at);
const stopAtMeta = (at: number): ConsentRecord => ({
	scope: 'marketing',
	state: 'opted_out',
	at,
	source: 'meta_preference',
});
const optIn = (at: number): ConsentRecord => ({
	scope: 'marketing',
	state: 'opted_in',
	at,
	source: 'web_form',
	evidence: 'form 7',
});

describe('a word changes consent', () => {
	it.each<[string, ConsentRecord[], ConsentRecord, boolean]>([
		['a first stop', [], stop(10), true],
		['a stop after an opt-in', [optIn(5)], stop(10), true],
		['the same stop once more, by the same message', [stop(10)], stop(10), true],
		['a later stop', [stop(5)], stop(10), false],
		['a stop that comes after a later one', [stop(20)], stop(10), false],
		['a stop that comes after a later start', [start(20)], stop(10), false],
		['a stop after a start', [stop(1), start(5)], stop(10), true],
		['a stop of offers after a stop of everything', [stop(5)], stopOffers(10), false],
		['a stop of everything after one of offers', [stopOffers(5)], stop(10), true],
		["a stop of offers after WhatsApp's own", [stopAtMeta(5)], stopOffers(10), true],
		['a start with nothing to take back', [optIn(5)], start(10), false],
		['a start after a stop', [stop(5)], start(10), true],
		['a start after a stop of offers', [stopOffers(5)], start(10), true],
		['a later start', [stop(1), start(5)], start(10), false],
		["a start after WhatsApp's own stop, which it cannot lift", [stopAtMeta(5)], start(10), false],
	])('%s', (_what, before, said, expected) => {
		expect(changesConsent(said, before, joinConsent(before, [said]))).toBe(expected);
	});
});
