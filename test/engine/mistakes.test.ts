import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { TemplateDefinition } from '../../nodes/core/templates/definition';

import {
	addTemplate,
	AT,
	CONTACT,
	deliverText,
	fileItem,
	listener,
	send,
	useScene,
	type Scene,
} from './scene';
import { chosen, fields } from './workflows';

/*
 * What newcomers do wrong, and what the node says to it, word by word: what happened, naming the
 * field, and how to mend it.
 */

const scene = useScene();

const body = { type: 'BODY' };

const TEMPLATES: Array<Partial<TemplateDefinition>> = [
	{ name: 'order_ready', components: [{ ...body, text: 'Hello {{1}}, order {{2}} is ready.' }] },
	{ name: 'waiting', status: 'PENDING', components: [{ ...body, text: 'Hello.' }] },
	{
		name: 'bill',
		components: [
			{ type: 'HEADER', format: 'DOCUMENT' },
			{ ...body, text: 'Your bill.' },
		],
	},
	{
		name: 'track',
		components: [
			{ ...body, text: 'On its way.' },
			{
				type: 'BUTTONS',
				buttons: [{ type: 'URL', text: 'Track', url: 'https://shop.example/t/{{1}}' }],
			},
		],
	},
	{ name: 'sale', category: 'MARKETING', components: [{ ...body, text: 'Everything must go.' }] },
];

const template = (name: string, values: Record<string, unknown> = {}): INodeParameters => ({
	operation: 'sendTemplate',
	template: chosen(`${name}|en_US`),
	templateFields: fields(values),
});

const text = (rest: INodeParameters): INodeParameters => ({ text: 'Hello', ...rest });

const buttons = (...titles: string[]): INodeParameters => ({
	messageType: 'buttons',
	body: 'Shall we deliver today?',
	buttons: { button: titles.map((title) => ({ title, id: '' })) },
});

const image = (rest: INodeParameters = {}): INodeParameters => ({
	messageType: 'image',
	mediaSource: 'binary',
	binaryField: 'data',
	...rest,
});

/** A mistake: its name, the parameters, what comes of them; what else has to be arranged. */
interface Mistake {
	name: string;
	parameters: INodeParameters;
	error: string;
	mend: string;
	items?: INodeExecutionData[];
	arrange?: (scene: Scene) => unknown;
}

const PDF_ITEM = fileItem('%PDF-1.4', 'application/pdf', 'bill.pdf');

const MISTAKES: Mistake[] = [
	{
		name: 'an expression that gives no text',
		parameters: { text: '={{ $json.nothing }}' },
		error: "'Text' is empty: its expression gave nothing.",
		mend: 'See that the data of this item has what the expression names, or fill it in.',
	},
	{
		name: 'a text of 5,000 characters',
		parameters: { text: 'a'.repeat(5_000) },
		error: "'Text' has 5000 characters; WhatsApp allows at most 4096 in one message.",
		mend: "Add the option 'Split Long Text', which sends it as several messages, or shorten it by 904.",
	},
	{
		name: 'an object as text',
		parameters: { text: '={{ $json }}' },
		error: "'Text' is not text.",
		mend: 'Pass text; choose one value out of a list or an object.',
	},
	{
		name: 'a number without its country code',
		parameters: text({ to: '0176 04069000' }),
		error: "'To' begins with 0, so its country code is missing: '0176 04069000'.",
		mend: 'Write one number with its country code, e.g. +49 176 04069000, or a user ID such as US.13491208655302741918; groups cannot be addressed.',
	},
	{
		name: 'a name in place of a number',
		parameters: text({ to: 'Ada' }),
		error: "'To' is neither a phone number nor a user ID: 'Ada'.",
		mend: 'Write one number with its country code, e.g. +49 176 04069000, or a user ID such as US.13491208655302741918; groups cannot be addressed.',
	},
	{
		name: 'two numbers at once',
		parameters: text({ to: '+49 176 04069000, +49 176 04069001' }),
		error: "'To' is neither a phone number nor a user ID: '+49 176 04069000, +49 176 04069001'.",
		mend: 'Write one number with its country code, e.g. +49 176 04069000, or a user ID such as US.13491208655302741918; groups cannot be addressed.',
	},
	{
		name: 'a number that a spreadsheet has shortened',
		parameters: text({ to: '4.91760E+12' }),
		error:
			"'To' is '4.91760E+12': a spreadsheet has shortened the number, and its last digits are lost.",
		mend: 'Format the column as text in the spreadsheet, and take the numbers from there anew.',
	},
	{
		name: 'a number that is too short',
		parameters: text({ to: '+49 176' }),
		error: "'To' has 5 digits; a phone number with its country code has 7 to 15: '+49 176'.",
		mend: 'Write one number with its country code, e.g. +49 176 04069000, or a user ID such as US.13491208655302741918; groups cannot be addressed.',
	},
	{
		name: 'a phone number as business number',
		parameters: text({ businessNumber: chosen('+1 555 0100', 'id') }),
		error: "'Business Number' is '+1 555 0100', which is not a phone number ID.",
		mend: 'Choose the number from the list, or give its phone number ID, which has digits only.',
	},
	{
		name: 'a business number that does not exist',
		parameters: text({ businessNumber: chosen('999', 'id'), whenWindowUnknown: 'try' }),
		error: "'Business Number' is '999', which does not exist, or this access token cannot see it.",
		mend: "Choose the number from the list, or check the phone number ID, which is not the phone number itself. (code 100: Unsupported post request. Object with ID '999' does not exist, cannot be loaded due to missing permissions, or does not support this operation.)",
	},
	{
		name: 'an expression in a text on Fixed',
		parameters: text({ text: 'Hello {{ $json.name }}, thank you.' }),
		error: "'Text' holds '{{ $json.name }}', an expression that is not evaluated there.",
		mend: "Switch the field from 'Fixed' to 'Expression'.",
	},
	{
		name: 'an expression in a button on Fixed',
		parameters: buttons('Yes', "{{ $('Ask').item.json.no }}"),
		error:
			"'Button Text' holds '{{ $('Ask').item.json.no }}', an expression that is not evaluated there.",
		mend: "Switch the field from 'Fixed' to 'Expression'.",
	},
	{
		name: 'an expression in a value of a template on Fixed',
		parameters: template('order_ready', { 'body:1': '{{ $json.name }}', 'body:2': '7' }),
		error: "'Template Fields' holds '{{ $json.name }}', an expression that is not evaluated there.",
		mend: "Switch the field from 'Fixed' to 'Expression'.",
	},
	{
		name: 'a button text that is too long',
		parameters: buttons('Yes, please deliver today'),
		error: "Button 1: 'Button Text' has 25 characters; WhatsApp allows at most 20.",
		mend: 'Shorten it by 5.',
	},
	{
		name: 'the same button twice',
		parameters: buttons('Yes', 'Yes'),
		error: "Button 2: 'Button Text' is the same as that of button 1.",
		mend: "Give each its own 'Button Text'.",
	},
	{
		name: 'four buttons',
		parameters: buttons('One', 'Two', 'Three', 'Four'),
		error: "'Buttons' has 4 entries; WhatsApp takes at most 3.",
		mend: "Remove some, so that three are left, or choose 'List' in the place of buttons, which takes up to ten.",
	},
	{
		name: 'four buttons by an expression',
		parameters: {
			...buttons(),
			buttons: { button: "={{ ['One', 'Two', 'Three', 'Four'].map((title) => ({ title })) }}" },
		},
		error:
			"'Buttons' holds an expression in the place of its entries, which n8n does not take there.",
		mend: "Add each button in the form, with an expression as its 'Button Text'. Or choose 'List', whose rows may come as JSON.",
	},
	{
		name: 'a button without a text',
		parameters: buttons('Yes', ''),
		error: "Button 2: 'Button Text' is empty.",
		mend: 'Fill it in.',
	},
	{
		name: 'no file',
		parameters: image(),
		error: "'Binary Field' names the binary field 'data', which the incoming item does not have.",
		mend: 'Connect a node that outputs a file, such as HTTP Request or Read/Write Files from Disk, or use a link.',
	},
	{
		name: 'a file field that does not exist',
		parameters: image({ binaryField: 'photo' }),
		items: [PDF_ITEM],
		error: "'Binary Field' names the binary field 'photo', which the incoming item does not have.",
		mend: "Give the name of a field that it has: 'data'.",
	},
	{
		name: 'a PDF as image',
		parameters: image(),
		items: [PDF_ITEM],
		error:
			"'Binary Field' holds the file 'bill.pdf' of type application/pdf, which WhatsApp does not take as an image.",
		mend: 'Use one of image/jpeg, image/png, or send the file as a document.',
	},
	{
		name: 'an empty file',
		parameters: image({ messageType: 'document' }),
		items: [fileItem('', 'application/pdf', 'bill.pdf')],
		error: "'Binary Field' holds the file 'bill.pdf' without content.",
		mend: 'See that the node before has written something into it, or choose another file.',
	},
	{
		name: 'a file of an unknown type',
		parameters: image({ messageType: 'document' }),
		items: [fileItem('PK', 'application/x-foo', 'a.foo')],
		error:
			"'Binary Field' holds the file 'a.foo' of type application/x-foo, which WhatsApp does not take.",
		mend: 'Make a PDF or an Office document of it, or send a link to the file in a text.',
	},
	{
		name: 'a link without https',
		parameters: image({ mediaSource: 'link', link: 'http://shop.example/a.jpg' }),
		error: "'Link' does not begin with https://.",
		mend: 'Use an https address that WhatsApp can open without signing in, or upload the file.',
	},
	{
		name: 'a link that is none',
		parameters: image({ mediaSource: 'link', link: 'shop.example/a.jpg' }),
		error: "'Link' is not a complete web address: 'shop.example/a.jpg'.",
		mend: 'Write the whole address, beginning with https://.',
	},
	{
		name: 'a link as media ID',
		parameters: image({ mediaSource: 'id', mediaId: 'https://shop.example/a.jpg' }),
		error: "'Media ID' cannot be 'https://shop.example/a.jpg'.",
		mend: "Give the ID that an upload returned; a web address belongs into 'Link'.",
	},
	{
		name: 'a template that does not exist',
		parameters: template('order_redy'),
		error: "'Template' names 'order_redy', which the business account does not have.",
		mend: 'Choose a template from the list, or correct its name.',
	},
	{
		name: 'a template in a language that it does not have',
		parameters: { ...template('order_ready'), template: chosen('order_ready|de', 'name') },
		error: "Template 'order_ready' does not exist in the language 'de'.",
		mend: "Choose it from the list in one of its languages: 'en_US'.",
	},
	{
		name: 'a template that is not approved',
		parameters: template('waiting'),
		error:
			"Template 'waiting' (en_US) has the status PENDING. Only approved templates can be sent.",
		mend: 'Choose another template or wait for approval.',
	},
	{
		name: 'a template without its values',
		parameters: template('order_ready'),
		error:
			"Template 'order_ready' needs 2 values in the body; 0 were given. No value for '{{1}}' and '{{2}}'.",
		mend: "Fill '{{1}}' and '{{2}}'. Where an expression stands, see that the data has that value.",
	},
	{
		name: 'a missing value',
		parameters: template('order_ready', { 'body:1': 'Ada' }),
		error: "Template 'order_ready' needs 2 values in the body; 1 was given. No value for '{{2}}'.",
		mend: "Fill '{{2}}'. Where an expression stands, see that the data has that value.",
	},
	{
		name: 'a line break in a value',
		parameters: template('order_ready', { 'body:1': 'Ada\nLovelace', 'body:2': '7' }),
		error: "'{{1}}' contains a line break, which WhatsApp does not accept in a template value.",
		mend: "Add the option 'Clean Up Parameter Values', or replace line breaks with spaces.",
	},
	{
		name: 'a tab in a value',
		parameters: template('order_ready', { 'body:1': 'Ada\tLovelace', 'body:2': '7' }),
		error: "'{{1}}' contains a tab, which WhatsApp does not accept in a template value.",
		mend: "Add the option 'Clean Up Parameter Values', or replace tabs with spaces.",
	},
	{
		name: 'many spaces in a value',
		parameters: template('order_ready', { 'body:1': 'Ada      Lovelace', 'body:2': '7' }),
		error:
			"'{{1}}' contains more than four spaces in a row, which WhatsApp does not accept in a template value.",
		mend: "Add the option 'Clean Up Parameter Values', or leave at most four spaces in a row.",
	},
	{
		name: 'a value that the template does not have',
		parameters: template('order_ready', { 'body:1': 'Ada', 'body:2': '7', 'body:3': 'x' }),
		error:
			"Template 'order_ready' has no field 'body:3'. It may have changed since the values were entered.",
		mend: 'Choose the template again, so that its fields are read anew.',
	},
	{
		name: 'a list as value',
		parameters: template('order_ready', { 'body:1': ['Ada'], 'body:2': '7' }),
		error: "'{{1}}' holds a list, where a text is needed.",
		mend: 'Pick one value of a list or an object; put quotes around a number with many digits.',
	},
	{
		name: 'a template with a file that the item does not have',
		parameters: template('bill', { 'header:media': 'data' }),
		error: "'Document' names the binary field 'data', which the incoming item does not have.",
		mend: 'Connect a node that outputs a file, such as HTTP Request or Read/Write Files from Disk, or use a link.',
	},
	{
		name: 'a template with a file of the wrong type',
		parameters: template('bill', { 'header:media': 'data' }),
		items: [fileItem('GIF89a', 'image/gif', 'a.gif')],
		error: "'Document' holds the file 'a.gif' of type image/gif, which WhatsApp does not take.",
		mend: 'Make a PDF or an Office document of it, or send a link to the file in a text.',
	},
	{
		name: 'another link than the template has',
		parameters: template('track', { 'button:0:1': 'https://other.example/7' }),
		error:
			"'Link: Track' leads to another place: 'https://other.example/7' does not begin with 'https://shop.example/t/'.",
		mend: 'Give what comes after the fixed part, or a link that begins with it.',
	},
	{
		name: 'a marketing template without an opt-in',
		parameters: template('sale'),
		error: 'No marketing opt-in from this contact is on record. The template was not sent.',
		mend: "Record a marketing opt-in with 'Record Consent' first.",
	},
	{
		name: 'a customer who has not written',
		parameters: text({ to: '+4915112345678' }),
		error:
			'No message from this contact to 106540352242922 is on record, so the window cannot be confirmed.',
		mend: "Send a template, fill 'Contact's Last Message At' from your own data, or set 'When the Window Is Unknown' to 'Try the Free-Form Message'. See too that 106540352242922 is the phone number ID of the number that the contact writes to.",
	},
	{
		name: 'a time that is none',
		parameters: text({ options: { contactLastMessageAt: 'yesterday' } }),
		error: "'Contact's Last Message At' is 'yesterday', which is not a date and time.",
		mend: 'Give an ISO date such as 2026-11-20T10:05:00Z, a time such as 2026-11-20 10:05:00 in the time zone of the workflow, or a Unix time.',
	},
	{
		name: 'consent without a time',
		parameters: {
			resource: 'conversation',
			operation: 'recordConsent',
			contact: CONTACT,
			evidence: 'Form',
		},
		error: "'Said At' is empty.",
		mend: "Give the time at which the contact agreed, in the option 'Said At'; {{ $now }} where the contact does so this moment, as behind a form.",
	},
	{
		name: 'two emojis',
		parameters: { operation: 'react', messageId: 'wamid.x', emoji: 'ok' },
		error: "'Emoji' is not a single emoji: 'ok'.",
		mend: 'Give one emoji such as 👍, or leave it empty to remove the reaction.',
	},
	{
		name: 'a media ID that does not exist',
		parameters: { resource: 'media', operation: 'download', mediaId: '4711' },
		error: "'Media ID' is '4711', which does not exist, or this access token cannot see it.",
		mend: "Give the 'media.id' of an item of the trigger or what an upload returned, of this business number; an uploaded file is kept for 30 days, a received one for seven. (code 100: Unsupported get request. Object with ID '4711' does not exist, cannot be loaded due to missing permissions, or does not support this operation.)",
	},
	{
		name: 'a token that is wrong',
		parameters: text({}),
		arrange: ({ engine }) => (engine.credential.accessToken = 'wrong'),
		error: 'Meta did not accept the access token.',
		mend: 'Put a valid token into the credential, best a permanent one of a system user. (code 190: Invalid OAuth access token - Cannot parse access token)',
	},
	{
		name: 'a token that has expired',
		parameters: text({}),
		arrange: ({ simulator }) => simulator.setUp({ tokenExpiresAt: AT - 60 }),
		error: 'The access token has expired.',
		mend: 'Create a permanent token for a system user and put it into the credential. (code 190: Error validating access token: Session has expired)',
	},
	{
		name: 'a latitude that is none',
		parameters: { messageType: 'location', latitude: '48,1374', longitude: 11.5755 },
		error: "'Latitude' is not a number: '48,1374'.",
		mend: 'Write digits, with a point before decimals.',
	},
	{
		name: 'a list without rows',
		parameters: { messageType: 'list', body: 'Choose', buttonText: 'Menu' },
		error: "Section 1, row 1: 'Row Title' is empty.",
		mend: 'Fill it in.',
	},
];

beforeEach(async () => {
	for (const definition of TEMPLATES) {
		const whole = {
			id: '1',
			status: 'APPROVED',
			language: 'en_US',
			category: 'UTILITY',
			...definition,
		};
		addTemplate(scene, whole as TemplateDefinition);
	}
	scene.engine.add(listener('wf'));
	await scene.engine.activate('wf');
	await deliverText(scene.engine, 'wf', { timestamp: String(AT - 60) });
	await scene.engine.settled();
});

it.each(MISTAKES)('$name', async ({ parameters, items, arrange, error: text, mend }) => {
	arrange?.(scene);
	const { error } = await send(scene, parameters, { items });
	expect([error?.message, error?.description]).toEqual([`${text} [item 0]`, mend]);
	expect(scene.simulator.sent).toEqual([]);
});

/** What n8n says by itself, before the node is asked. */
const N8N: Array<[name: string, parameters: INodeParameters, text: string]> = [
	['no text', { text: '' }, 'Parameter "Text" is required.'],
	['no recipient', text({ to: '' }), 'Parameter "To" is required.'],
	['buttons without a body', { ...buttons('Yes'), body: '' }, 'Parameter "Body" is required.'],
	[
		'no template',
		{ ...template('order_ready'), template: chosen('') },
		'Parameter "Template" is required.',
	],
	[
		'a reaction to no message',
		{ operation: 'react', messageId: '' },
		'Parameter "Message ID" is required.',
	],
];

it.each(N8N)('%s', async (_name, parameters, text) => {
	await expect(send(scene, parameters)).rejects.toThrow(text);
	expect(scene.simulator.sent).toEqual([]);
});

it.each([
	['5558238126', true],
	['(555) 823-8126', true],
	['+5558238126', false],
	['15558238126', false],
])('says of %s as what it was read, where its country code may be missing', async (to, isSaid) => {
	const { run } = await send(scene, { to, text: 'Hello', whenWindowUnknown: 'try' });
	const { hints = [] } = run.data.resultData.runData.WhatsApp[0];
	const said = expect.stringMatching(/taken for the country code, so the number is \+5558238126\./);
	expect(hints.map(({ message }) => message)).toEqual(isSaid ? [said] : []);
});

it.each([
	['{{1}} and {{ name }} are placeholders'],
	["={{ ['{', '{ $json.name }', '}'].join('') }}"],
])('sends a text that only looks like an expression: %s', async (words) => {
	const { error } = await send(scene, { text: words, whenWindowUnknown: 'try' });
	expect(error).toBeUndefined();
	expect(scene.simulator.sent).toHaveLength(1);
});

it('says so in the error too, where nobody with that number has written', async () => {
	const { error } = await send(scene, { to: '555 823 8126', text: 'Hello' });
	expect(error?.description).toMatch(/^'To' was read as \+5558238126: see that its country code/);
	const { error: other } = await send(scene, { to: '+1 555 823 8126', text: 'Hello' });
	expect(other?.description).not.toContain('was read as');
});
