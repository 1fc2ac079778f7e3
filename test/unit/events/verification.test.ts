import { answerChallenge } from '../../../nodes/core/events/verification';

const TOKENS = ['first-token', 'second-token'];

function query(overrides: Record<string, unknown> = {}): Record<string, unknown> {
	return {
		'hub.mode': 'subscribe',
		'hub.verify_token': 'first-token',
		'hub.challenge': '1158201444',
		...overrides,
	};
}

it.each(TOKENS)('answers with the challenge to who knows the token %s', (token) => {
	expect(answerChallenge(query({ 'hub.verify_token': token }), TOKENS)).toBe('1158201444');
});

it('takes a challenge of up to 1,000 characters', () => {
	const challenge = 'c'.repeat(1000);
	expect(answerChallenge(query({ 'hub.challenge': challenge }), TOKENS)).toBe(challenge);
});

it.each<[string, Record<string, unknown>]>([
	['another mode', { 'hub.mode': 'unsubscribe' }],
	['no mode', { 'hub.mode': undefined }],
	['a mode in a list', { 'hub.mode': ['subscribe'] }],
	['an unknown token', { 'hub.verify_token': 'third-token' }],
	['the beginning of a token', { 'hub.verify_token': 'first' }],
	['a token in another case', { 'hub.verify_token': 'FIRST-TOKEN' }],
	['an empty token', { 'hub.verify_token': '' }],
	['no token', { 'hub.verify_token': undefined }],
	['a token in a list', { 'hub.verify_token': ['first-token'] }],
	['a token in an object', { 'hub.verify_token': { 0: 'first-token' } }],
	['no challenge', { 'hub.challenge': undefined }],
	['an empty challenge', { 'hub.challenge': '' }],
	['a challenge that is a number', { 'hub.challenge': 1158201444 }],
	['a challenge in a list', { 'hub.challenge': ['1158201444'] }],
	['a challenge of 1,001 characters', { 'hub.challenge': 'c'.repeat(1001) }],
])('refuses %s', (_, overrides) => {
	expect(answerChallenge(query(overrides), TOKENS)).toBeUndefined();
});

it('refuses everybody without a token of ours, and an empty token of ours', () => {
	expect(answerChallenge(query(), [])).toBeUndefined();
	expect(answerChallenge(query({ 'hub.verify_token': '' }), [''])).toBeUndefined();
	expect(answerChallenge(query({ 'hub.verify_token': undefined }), [''])).toBeUndefined();
});

it('refuses an empty query', () => {
	expect(answerChallenge({}, TOKENS)).toBeUndefined();
});
