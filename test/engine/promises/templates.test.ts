import type { INodeParameters } from 'n8n-workflow';

import { quickReply, messageDelivery } from '../../unit/events/payloads';
import { bill, billValues, body, template, verification } from '../../unit/templates/samples';
import {
	addTemplate,
	AT,
	CONTACT,
	CONTACT_USER_ID,
	deliver,
	deliverText,
	fileItem,
	listener,
	MINUTE,
	send,
	setClock,
	triggered,
	useScene,
} from '../scene';
import { chosen, fields } from '../workflows';

/** Promises of `docs/templates.md`. */
const scene = useScene();

const sendTemplate = (name: string, values: Record<string, unknown> = {}): INodeParameters => ({
	operation: 'sendTemplate',
	template: chosen(`${name}|en_US`),
	templateFields: fields(values),
});

it('a code button goes to the phone number that WhatsApp named with the user ID, else nowhere', async () => {
	addTemplate(scene, verification);
	scene.engine.add(listener('inbox'));
	await scene.engine.activate('inbox');
	const code = { ...sendTemplate('one_time_password', { code: '123456' }), to: CONTACT_USER_ID };
	expect((await send(scene, code)).error?.message).toContain('phone number only');
	expect(scene.simulator.sent).toEqual([]);
	await deliverText(scene.engine, 'inbox');
	expect((await send(scene, code)).error).toBeUndefined();
	expect(scene.simulator.sent.map((sent) => sent.body.to)).toEqual([CONTACT]);
});

it('while sending, a definition is kept for ten minutes', async () => {
	addTemplate(scene, template([body('Hello.')], { name: 'hello' }));
	const asked = async () => {
		const before = scene.simulator.requests.length;
		expect((await send(scene, sendTemplate('hello'))).error).toBeUndefined();
		return scene.simulator.requests
			.slice(before)
			.filter(({ path }) => path.endsWith('/message_templates')).length;
	};
	expect(await asked()).toBe(1);
	setClock(10 * MINUTE - 1);
	expect(await asked()).toBe(0);
	setClock(10 * MINUTE);
	expect(await asked()).toBe(1);
});

it('Clean Up Parameter Values makes one space of line breaks, tabs and spaces', async () => {
	addTemplate(scene, template([body('Dear {{1}}.')], { name: 'dear' }));
	const values = { 'body:1': 'Ada\nKing\tof      Lovelace' };
	const dear = sendTemplate('dear', values);
	expect((await send(scene, dear)).error?.message).toMatch(/line break/);
	expect(scene.simulator.sent).toEqual([]);
	await send(scene, { ...dear, options: { cleanUpValues: true } });
	expect(JSON.stringify(scene.simulator.sent)).toContain('"text":"Ada King of Lovelace"');
});

it('the payload of a quick-reply button comes back in reply.id, and OPT_OUT records an opt-out', async () => {
	scene.engine.add(listener('inbox'));
	await scene.engine.activate('inbox');
	for (const [payload, timestamp] of [
		['order:7', AT],
		['OPT_OUT', AT + MINUTE],
	] as const) {
		const tap = quickReply({ payload, text: 'Tap' }, { timestamp, id: `wamid.${payload}` });
		await deliver(scene.engine, 'inbox', messageDelivery(tap));
	}
	expect(await triggered(scene.engine)).toMatchObject([
		{ reply: { id: 'order:7', title: 'Tap' } },
		{ reply: { id: 'OPT_OUT', title: 'Tap' }, consentWord: 'stop' },
	]);
});

it('Dry Run of Send Template decides, checks everything, and shows the request', async () => {
	addTemplate(scene, bill);
	const items = [fileItem('%PDF-1.7', 'application/pdf', 'bill.pdf')];
	const dry = { ...sendTemplate('bill', billValues), options: { dryRun: true } };
	const sent = await send(scene, dry, { items });
	expect(sent.items).toMatchObject([
		{
			messageStatus: 'notSent',
			decision: { allowed: true },
			request: { type: 'template', to: CONTACT },
		},
	]);
	expect(JSON.stringify(sent.items[0].request)).toContain('"id":"0"');
	const wrong = { ...sendTemplate('bill', { ...billValues, 'body:amount': '' }) };
	const refused = await send(scene, { ...wrong, options: { dryRun: true } }, { items });
	expect(refused.error?.message).toContain('amount');
	expect(scene.simulator.sent).toEqual([]);
});
