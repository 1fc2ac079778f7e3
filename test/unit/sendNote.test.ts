import * as fc from 'fast-check';

import {
	MAX_TRACKING_DATA,
	readSendNote,
	writeSendNote,
	type Send,
} from '../../nodes/core/sendNote';

const AT = 1_795_176_000;
const PHONE = '16505551234';
const template = { name: 'bill', language: 'en_US', category: 'UTILITY' };
const PREFIX = 'n8n-nodes-whatsapp-conversations ';

const digits = fc.stringMatching(/^[1-9]\d{6,14}$/);
const userId = fc.stringMatching(/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/);
const contacts = fc.oneof(fc.record({ phone: digits }), fc.record({ userId }));
const times = fc.integer({ min: 1, max: 99_999_999_999 });
const templates = fc.record({
	name: fc.stringMatching(/^[a-z0-9_]{1,512}$/),
	language: fc.stringMatching(/^[a-z]{2,3}(_[A-Z]{2})?$/),
	category: fc.constantFrom('MARKETING', 'UTILITY', 'AUTHENTICATION', ''),
});

describe('the note of a send', () => {
	it('is short, and names what its statuses leave unsaid', () => {
		expect(writeSendNote({ contact: { phone: PHONE }, at: AT, template })).toBe(
			`${PREFIX}{"to":"+16505551234","at":1795176000,"name":"bill","language":"en_US","category":"UTILITY"}`,
		);
	});

	it('comes back as it was written', () => {
		fc.assert(
			fc.property(
				contacts,
				times,
				fc.option(templates, { nil: undefined }),
				(contact, at, sent) => {
					const send: Send = { contact, at, ...(sent && { template: sent }) };
					const note = writeSendNote(send);
					expect(note.length).toBeLessThanOrEqual(MAX_TRACKING_DATA);
					const fits = !sent || sent.name.length < 200;
					expect(readSendNote(note)).toEqual(
						fits ? send : expect.objectContaining({ contact, at }),
					);
				},
			),
		);
	});

	it('names the broadcast, also of a template whose name is too long', () => {
		const send = { contact: { phone: PHONE }, at: AT, broadcast: 'Price change "A|B"' };
		expect(readSendNote(writeSendNote({ ...send, template }))).toEqual({ ...send, template });
		const long = { ...template, name: 'x'.repeat(512) };
		expect(readSendNote(writeSendNote({ ...send, template: long }))).toEqual(send);
	});

	it.each([
		[344, true],
		[512, false],
	])('of a template with a name of %d characters has the template: %p', (length, has) => {
		const long = { ...template, name: 'x'.repeat(length) };
		const note = writeSendNote({ contact: { phone: PHONE }, at: AT, template: long });
		expect(readSendNote(note)).toEqual({
			contact: { phone: PHONE },
			at: AT,
			...(has && { template: long }),
		});
	});
});

describe('tracking data of the user', () => {
	it.each([
		'',
		'order-7',
		'{"to":"+16505551234","at":1795176000}',
		` ${PREFIX}{"to":"+16505551234","at":1795176000}`,
		PREFIX,
		`${PREFIX}order-7`,
		`${PREFIX}null`,
		`${PREFIX}[]`,
		`${PREFIX}{"to":"+16505551234"`,
		`${PREFIX}{"to":"+16505551234"}`,
		`${PREFIX}{"at":1795176000}`,
		`${PREFIX}{"to":"nobody","at":1795176000}`,
		`${PREFIX}{"to":16505551234,"at":1795176000}`,
		`${PREFIX}{"to":"+16505551234","at":"1795176000"}`,
		`${PREFIX}{"to":"+16505551234","at":0}`,
		`${PREFIX}{"to":"+16505551234","at":-1}`,
		`${PREFIX}{"to":"+16505551234","at":1.5}`,
		`${PREFIX}{"to":"+16505551234","at":1795176000000}`,
		`${PREFIX}{"to":"+16505551234","at":1e999}`,
	])('is no note: %s', (text) => {
		expect(readSendNote(text)).toBeUndefined();
	});

	it('of any sort never throws', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
				readSendNote(text);
				readSendNote(PREFIX + text);
			}),
		);
	});

	it('that looks like a note is read as far as it makes sense', () => {
		const text = `${PREFIX}{"to":"+16505551234","at":1795176000,"name":"bill","language":7}`;
		expect(readSendNote(text)).toEqual({
			contact: { phone: PHONE },
			at: AT,
			template: { name: 'bill', language: '', category: '' },
		});
	});
});
