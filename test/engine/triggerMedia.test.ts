import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { messageDelivery, message } from '../unit/events/payloads';

import { itemsOf } from './engine';
import { deliver, deliverText, listener, useScene } from './scene';
import { problemsWith } from './schemas';

const scene = useScene();

const PDF = Buffer.from('%PDF-1.7 a bill');

async function listen(options: IDataObject): Promise<void> {
	scene.engine.add(listener('wf', { options } as never));
	await scene.engine.activate('wf');
}

async function items(): Promise<INodeExecutionData[]> {
	const found = (await scene.engine.settled()).flatMap((run) => itemsOf(run, 'Trigger'));
	for (const { json } of found) {
		expect(problemsWith(json, 'WhatsAppConversationsTrigger', 'output')).toEqual([]);
	}
	return found;
}

const inbound = (fileName?: string) =>
	scene.simulator.addInboundMedia(PDF, 'application/pdf', fileName);
const deliverFile = async (document: object) =>
	await deliver(scene.engine, 'wf', messageDelivery(message('document', document)));

it('puts the file of a message into the binary field data', async () => {
	await listen({ downloadMedia: true });
	await deliverFile(inbound('bill.pdf'));
	const [{ json, binary }] = await items();
	expect(json).toMatchObject({ type: 'document', media: { fileName: 'bill.pdf' } });
	expect(json).not.toHaveProperty('mediaError');
	expect(binary?.data).toMatchObject({ fileName: 'bill.pdf', mimeType: 'application/pdf' });
	expect(Buffer.from(binary?.data.data ?? '', 'base64')).toEqual(PDF);
});

it('names a file that has no name after its ID', async () => {
	await listen({ downloadMedia: true });
	const { id } = inbound();
	await deliverFile({ id, mime_type: 'application/pdf' });
	const [{ binary }] = await items();
	expect(binary?.data.fileName).toBe(`${String(id)}.pdf`);
});

it('gives the message without the file, and says why, when the file cannot be had', async () => {
	await listen({ downloadMedia: true });
	await deliverFile({ id: '404404', mime_type: 'application/pdf' });
	const [{ json, binary }] = await items();
	expect(json).toMatchObject({
		type: 'document',
		media: { id: '404404' },
		mediaError: { error: expect.any(String), message: expect.stringContaining('100') },
	});
	expect(binary).toBeUndefined();
});

it('does not send the token elsewhere', async () => {
	await listen({ downloadMedia: true });
	scene.simulator.settings.mediaUrl = 'https://example.org/file';
	await deliverFile(inbound());
	const [{ json }] = await items();
	expect(json.mediaError).toMatchObject({ error: expect.stringContaining("'example.org'") });
});

it.each([
	['it was not asked to', {}, true],
	['the message has no file', { downloadMedia: true }, false],
])('fetches nothing when %s', async (_when, options, withFile) => {
	await listen(options);
	if (withFile) await deliverFile(inbound());
	else await deliverText(scene.engine, 'wf');
	const [{ binary }] = await items();
	expect(binary).toBeUndefined();
	expect(scene.simulator.requests).toEqual([]);
});
