import fc from 'fast-check';

import { isSignedBy } from '../../../nodes/core/events/signature';

import { delivery, rawBodyOf, signatureOf, textMessage } from './payloads';

const SECRET = 'app-secret';
const body = rawBodyOf(delivery({ messages: [textMessage({ body: 'Grüße 👍' })] }));
const signature = signatureOf(body, SECRET);

it('knows the signature of RFC 4231, test case 2', () => {
	const mac = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
	const data = Buffer.from('what do ya want for nothing?');
	expect(isSignedBy(data, `sha256=${mac}`, 'Jefe')).toBe(true);
});

it('accepts a delivery signed with the app secret', () => {
	expect(isSignedBy(body, signature, SECRET)).toBe(true);
	expect(isSignedBy(body, signature.toUpperCase().replace('SHA256', 'sha256'), SECRET)).toBe(true);
});

it('needs the bytes as they arrived, not the parsed body written again', () => {
	const rewritten = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
	expect(JSON.parse(rewritten.toString())).toEqual(JSON.parse(body.toString()));
	expect(isSignedBy(rewritten, signature, SECRET)).toBe(false);
});

it.each<[string, string | string[] | undefined]>([
	['no header', undefined],
	['an empty header', ''],
	['a list of headers', [signature]],
	['no prefix', signature.slice('sha256='.length)],
	['another algorithm', signature.replace('sha256', 'sha1')],
	['a short value', signature.slice(0, -1)],
	['a long value', `${signature}0`],
	['something that is no hex', `sha256=${'g'.repeat(64)}`],
	['white space', ` ${signature}`],
	['a line break', `${signature}\n`],
	['another value', `sha256=${'0'.repeat(64)}`],
])('refuses %s', (_, header) => {
	expect(isSignedBy(body, header, SECRET)).toBe(false);
});

it('never accepts an empty secret, not even with the fitting signature', () => {
	expect(isSignedBy(body, signatureOf(body, ''), '')).toBe(false);
});

it('refuses every other body and every other secret', () => {
	fc.assert(
		fc.property(fc.uint8Array(), fc.string({ minLength: 1 }), (bytes, secret) => {
			const raw = Buffer.from(bytes);
			expect(isSignedBy(raw, signatureOf(raw, secret), secret)).toBe(true);
			expect(
				isSignedBy(Buffer.concat([raw, Buffer.from(' ')]), signatureOf(raw, secret), secret),
			).toBe(false);
			expect(isSignedBy(raw, signatureOf(raw, secret), `${secret}!`)).toBe(false);
		}),
	);
});
