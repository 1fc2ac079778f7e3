import { addTemplate, deliverText, fileItem, listener, send, useScene } from './scene';
import { chosen, fields } from './workflows';

const scene = useScene();

/** Requests that would change anything at Meta. */
const writes = () => scene.simulator.requests.filter(({ method }) => method !== 'GET');

beforeEach(async () => {
	addTemplate(scene, {
		name: 'ticket',
		category: 'UTILITY',
		components: [
			{ type: 'HEADER', format: 'DOCUMENT' },
			{ type: 'BODY', text: 'Hi {{1}}, here is your ticket.' },
		],
	} as never);
	scene.engine.add(listener('wf'));
	await scene.engine.activate('wf');
	await deliverText(scene.engine, 'wf');
	scene.simulator.reset();
});

it('shows the request of a free-form message, and sends nothing', async () => {
	const { items, error } = await send(scene, { text: 'Hello', options: { dryRun: true } });
	expect(error).toBeUndefined();
	expect(items).toMatchObject([
		{
			messageId: null,
			messageStatus: 'notSent',
			sentAs: 'freeForm',
			decision: { reason: 'windowOpen' },
			request: { type: 'text', text: { body: 'Hello' } },
		},
	]);
	expect(writes()).toEqual([]);
});

it('shows all parts of a long text', async () => {
	const text = 'word '.repeat(1000);
	const { items } = await send(scene, { text, options: { dryRun: true, splitLongText: true } });
	expect(items[0].request).toHaveLength(2);
	expect(items[0].messageIds).toEqual([]);
	expect(writes()).toEqual([]);
});

it('shows the request of a template, and uploads nothing', async () => {
	const { items } = await send(
		scene,
		{
			operation: 'sendTemplate',
			template: chosen('ticket|en_US'),
			templateFields: fields({ 'header:media': 'data', 'body:1': 'Ann' }),
			options: { dryRun: true },
		},
		{ items: [fileItem('%PDF-1.4', 'application/pdf', 'ticket.pdf')] },
	);
	expect(items).toMatchObject([
		{
			messageId: null,
			messageStatus: 'notSent',
			preview: { body: 'Hi Ann, here is your ticket.' },
			request: { type: 'template', template: { name: 'ticket' } },
		},
	]);
	expect(writes()).toEqual([]);
});

it('still says what the rules do not allow', async () => {
	const { error } = await send(
		scene,
		{ text: 'Hello', options: { dryRun: true } },
		{ items: [{ json: { contact: '+15559990000' } }] },
	);
	expect(error?.message).toContain('the window cannot be confirmed');
});
