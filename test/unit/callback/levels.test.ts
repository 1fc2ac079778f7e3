import { effectiveLevel, levelsBefore } from '../../../nodes/core/callback/levels';

const NONE = { phoneNumber: '', businessAccount: '', app: '' };
const URL = 'https://n8n.example.com/webhook/1/webhook';

it.each([
	['none', NONE, undefined],
	['the app alone', { ...NONE, app: URL }, 'app'],
	['account and app', { ...NONE, businessAccount: URL, app: URL }, 'businessAccount'],
	['all', { phoneNumber: URL, businessAccount: URL, app: URL }, 'phoneNumber'],
])('of %s the most specific callback takes the deliveries', (_name, callbacks, level) => {
	expect(effectiveLevel(callbacks)).toBe(level);
});

it('knows which callbacks go before one', () => {
	expect(levelsBefore('phoneNumber')).toEqual([]);
	expect(levelsBefore('app')).toEqual(['phoneNumber', 'businessAccount']);
});
