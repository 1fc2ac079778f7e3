import * as fc from 'fast-check';

import {
	consentSaid,
	DEFAULT_WORDS,
	wordSet,
	type ConsentWords,
	type Said,
} from '../../../nodes/core/conversation/keywords';

import { NOW } from './support';

const WORDS: ConsentWords = {
	stopWords: wordSet(DEFAULT_WORDS.stopWords),
	startWords: wordSet(DEFAULT_WORDS.startWords),
	stopPayloads: wordSet(DEFAULT_WORDS.stopPayloads),
	startPayloads: wordSet(DEFAULT_WORDS.startPayloads),
};

const text = (body: string): Said => ({ type: 'text', text: body });
const tap = (id: string, title = 'Button', type = 'button'): Said => ({
	type,
	text: title,
	reply: { id },
});
const wordOf = (said: Said, words = WORDS) => consentSaid(said, NOW, words)?.word;

describe('a text', () => {
	it.each([
		'STOP',
		' stop ',
		'Stop\n',
		'\u00a0StOp\u00a0',
		'ＳＴＯＰ',
		'stopall',
		'unsubscribe',
		'OPT OUT',
		'OPT-OUT',
		'opt\u2011out',
		'OptOut',
		'Opt  out',
		'OPT_OUT',
		'stop\u200b',
		'\u200fstop\u200e',
		'\ufeffSTOP',
		'st\u00adop',
		'stop\ufe0f',
		'stop\u2060\u3164',
		'darme\u00a0de baja',
		'cancel',
		'end',
		'quit',
		'Stopp',
		'abmelden',
		'baja',
		'Darme de baja',
		'arrêt',
		'arre\u0302t',
		'ARRET',
		'désabonner',
		'disiscrivimi',
		'parar',
		'afmelden',
	])('%j is a stop word', (body) => {
		expect(wordOf(text(body))).toBe('stop');
	});

	it.each(['START', 'yes', ' Unstop', 'subscribe', 'anmelden', 'Alta', 'S’abonner', "s'abonner"])(
		'%j is a start word',
		(body) => {
			expect(wordOf(text(body))).toBe('start');
		},
	);

	it.each([
		'Stop.',
		'please stop',
		'stop it',
		's t o p',
		'stopped',
		'"STOP"',
		'don’t stop',
		'Yes!',
		'yes please',
		'',
		' ',
		',',
		'\u200b',
		'opt out?',
		'please opt out',
		'opt out later',
		'stop promotions',
	])('%j is neither', (body) => {
		expect(wordOf(text(body))).toBeUndefined();
	});

	it('tells what was said, as it was written, and when', () => {
		expect(consentSaid(text(' Stop '), NOW, WORDS)).toEqual({
			word: 'stop',
			record: { scope: 'all', state: 'opted_out', at: NOW, source: 'keyword', evidence: 'Stop' },
		});
		expect(consentSaid(text('START'), NOW, WORDS)?.record).toMatchObject({ state: 'lifted' });
	});

	it('with more around a word says nothing', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...WORDS.stopWords, ...WORDS.startWords),
				fc.constantFrom('.', '!', '?', ' now', ', please', '😀', '…'),
				(word, more) => {
					expect(wordOf(text(word + more))).toBeUndefined();
				},
			),
		);
	});

	it.each(['image', 'edit', 'reaction', 'unknown', 'button', 'interactive'])(
		'of the type %s does not count',
		(type) => {
			expect(wordOf({ type, text: 'STOP' })).toBeUndefined();
		},
	);
});

describe('a tap', () => {
	it.each([
		['a quick reply', 'button'],
		['a button or list row', 'interactive'],
	])('on %s counts by its payload', (_what, type) => {
		expect(consentSaid(tap('OPT_OUT', 'No more news', type), NOW, WORDS)).toEqual({
			word: 'stop',
			record: { scope: 'all', state: 'opted_out', at: NOW, source: 'button', evidence: 'OPT_OUT' },
		});
		expect(wordOf(tap('opt_in', 'Again', type))).toBe('start');
	});

	it.each([
		'Stop promotions',
		'STOP PROMOTIONS',
		'Stop\u00a0promotions\u200e',
		'Detener promociones',
		'Arrêter les promotions',
		'Parar promoções',
	])('on a quick reply whose payload is its text %j stops marketing', (title) => {
		expect(consentSaid(tap(title, title), NOW, WORDS)).toMatchObject({
			word: 'stop',
			record: { scope: 'marketing', state: 'opted_out', source: 'button' },
		});
	});

	it.each(['STOP', 'Unsubscribe', 'Opt-out'])(
		'on a quick reply whose payload is its text %j stops everything',
		(title) => {
			expect(consentSaid(tap(title, title), NOW, WORDS)?.record).toMatchObject({ scope: 'all' });
		},
	);

	it.each([
		tap('Cancel', 'Cancel'),
		tap('order:17:stop', 'Stop promotions'),
		tap('Start', 'Start'),
		tap('order:17:cancel', 'Cancel'),
		tap('Yes', 'Yes'),
		tap('', 'STOP'),
		tap('OPT_OUT_LATER', 'Later'),
	])('on another button says nothing: %j', (said) => {
		expect(wordOf(said)).toBeUndefined();
	});
});

describe('the lists', () => {
	it('can be changed', () => {
		const words = {
			...WORDS,
			stopWords: wordSet('Nie wieder,\nSchluss ;) ,, '),
			stopPayloads: wordSet(''),
		};
		expect(wordOf(text('nie wieder'), words)).toBe('stop');
		expect(wordOf(text('SCHLUSS ;)'), words)).toBe('stop');
		expect(wordOf(text('STOP'), words)).toBeUndefined();
		expect(wordOf(text(''), words)).toBeUndefined();
		expect(wordOf(tap('OPT_OUT'), words)).toBeUndefined();
	});

	it('take a word that is in both as a stop', () => {
		expect(wordOf(text('START'), { ...WORDS, stopWords: wordSet('start') })).toBe('stop');
	});

	it('hold each word once by default', () => {
		for (const list of Object.values(DEFAULT_WORDS)) {
			expect(wordSet(list).size).toBe(list.split(',').length);
		}
		for (const word of WORDS.startWords) expect(WORDS.stopWords).not.toContain(word);
	});
});
