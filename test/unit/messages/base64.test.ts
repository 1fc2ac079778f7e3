import fc from 'fast-check';

import { base64In } from '../../../nodes/core/messages/base64';

const CONTENT = Buffer.from(
	'%PDF-1.7 a bill of many characters, so that it takes more than one line',
);
const BASE64 = CONTENT.toString('base64');

it.each([
	['as it is', BASE64],
	['in lines of 76', BASE64.replace(/.{76}/g, '$&\r\n')],
	['with spaces around', ` ${BASE64}\n`],
	['as a data URL', `data:application/pdf;base64,${BASE64}`],
	['with parameters in the data URL', `data:text/plain;charset=utf-8;base64,${BASE64}`],
	['in the alphabet of addresses', BASE64.replace(/\+/g, '-').replace(/\//g, '_')],
	['without padding', BASE64.replace(/=+$/, '')],
])('takes base64 %s', (_, text) => {
	expect(Buffer.from(base64In(text)!, 'base64')).toEqual(CONTENT);
});

it.each(['Hello!', 'a file, plain', 'QUJD=QUJD', 'QQ===', 'A', '{"type":"Buffer"}'])(
	"'%s' is none",
	(text) => {
		expect(base64In(text)).toBeUndefined();
	},
);

it('has as many bytes as are told of it', () => {
	fc.assert(
		fc.property(fc.uint8Array(), fc.integer({ min: 1, max: 80 }), (bytes, width) => {
			const lines = Buffer.from(bytes)
				.toString('base64')
				.replace(new RegExp(`.{${width}}`, 'g'), '$&\n');
			const base64 = base64In(lines)!;
			expect(Buffer.byteLength(base64, 'base64')).toBe(bytes.length);
			expect(Uint8Array.from(Buffer.from(base64, 'base64'))).toEqual(bytes);
		}),
	);
});
