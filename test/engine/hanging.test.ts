import type { INodeParameters } from 'n8n-workflow';

import { message, messageDelivery } from '../unit/events/payloads';

import { itemsOf } from './engine';
import { deliver, fileItem, listener, send, useScene } from './scene';

const scene = useScene();

/** How long after a request has come all limits are over, milliseconds: by then it hangs. */
const HANGS_AFTER_MS = 500;

/** The limits that the package has set, milliseconds, and what ends them. */
let limits: number[];
let ends: AbortController[];

beforeEach(async () => {
	// The first request of a process takes its time.
	await send(scene, { resource: 'media', operation: 'download', mediaId: String(inbound().id) });
	limits = [];
	ends = [];
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((limitMs) => {
		limits.push(limitMs);
		const end = new AbortController();
		ends.push(end);
		return end.signal;
	});
});

afterEach(() => jest.restoreAllMocks());

/** The longest that anything may take, in milliseconds. */
const LONGEST_MS = 300_000;

const FILE = Buffer.alloc(100_000, 'x');
const inbound = () => scene.simulator.addInboundMedia(FILE, 'application/pdf', 'bill.pdf');
const WAYS = ['stall', 'trickle'] as const;

describe.each(WAYS)('a file that comes to a %s after its first bytes', (when) => {
	const hang = (path: string, method: string, stallAfter = 10) => {
		scene.simulator.failNext({ path, method, when, stallAfter });
		scene.simulator.meanwhile(path, () => {
			setTimeout(() => ends.forEach((end) => end.abort()), HANGS_AFTER_MS);
		});
	};

	it('goes without the message: the trigger gives that, and says why', async () => {
		scene.engine.add(listener('wf', { options: { downloadMedia: true } }));
		await scene.engine.activate('wf');
		hang('/attachments', 'GET', 70_000);
		await deliver(scene.engine, 'wf', messageDelivery(message('document', inbound())));
		const run = (await scene.engine.settled()).at(-1)!;
		const [{ json, binary }] = itemsOf(run, 'Trigger');
		expect(binary).toBeUndefined();
		expect(json).toMatchObject({
			type: 'document',
			mediaError: { error: expect.stringMatching(/^The file of .* 300 seconds/) },
		});
		expect(Math.max(...limits)).toBe(LONGEST_MS);
	});

	it.each<[string, string, string, INodeParameters, RegExp]>([
		['Media → Download', '/attachments', 'GET', { operation: 'download' }, /^The file of/],
		['Media → Download, before the file', '', 'GET', { operation: 'download' }, /30 seconds/],
		['Media → Upload', '/media', 'POST', { operation: 'upload' }, /300 seconds/],
		['Media → Delete', '', 'DELETE', { operation: 'delete' }, /30 seconds/],
	])('ends %s with two sentences', async (_what, path, method, parameters, said) => {
		const { id } = inbound();
		hang(path, method);
		const { error } = await send(
			scene,
			{ resource: 'media', mediaId: String(id), ...parameters },
			{ items: [fileItem('%PDF-1.7', 'application/pdf', 'bill.pdf')] },
		);
		expect(error?.message).toMatch(said);
		expect(error?.description).toMatch(/\w.*\./);
		expect(Math.max(...limits)).toBeLessThanOrEqual(LONGEST_MS);
	});

	it('ends a send, and does not say that nothing went out', async () => {
		hang('/messages', 'POST');
		const { error } = await send(scene, { whenWindowUnknown: 'try', text: 'Hi' });
		expect(error?.message).toMatch(/30 seconds/);
		expect(error?.description).not.toContain('No message went out');
	});
});
