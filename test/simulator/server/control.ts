import { json, Router } from 'express';

import type { Simulator } from '../simulator';
import type { Json } from '../types';

type Doing = (simulator: Simulator, input: Json) => unknown;

/** `POST /_control/{name}`: the simulator's own methods, for other processes. */
const DOINGS: Record<string, Doing> = {
	writes: (simulator, input) => simulator.writes(input as never),
	calls: (simulator, input) => simulator.calls(input as never),
	taps: (simulator, input) => simulator.taps(input as never),
	pays: (simulator, input) => simulator.pays(input as never),
	reacts: (simulator, input) => simulator.reacts(input as never),
	setsPreference: (simulator, input) => simulator.setsPreference(input as never),
	colleagueWrites: (simulator, input) => simulator.colleagueWrites(input as never),
	otherResponderWrites: (simulator, input) => simulator.otherResponderWrites(input as never),
	otherResponderTakes: (simulator, input) => simulator.otherResponderTakes(input as never),
	otherResponderPasses: (simulator, input) => simulator.otherResponderPasses(input as never),
	otherResponderReleases: (simulator, input) => simulator.otherResponderReleases(input as never),
	reads: (simulator, { messageId, status }) =>
		simulator.reads(String(messageId), status as 'read' | undefined),
	deliver: (simulator, { payload, ...options }) => simulator.deliver(payload as Json, options),
	redeliver: (simulator, { messageId }) => simulator.redeliver(messageId as string | undefined),
	deliverBatch: (simulator, { messageIds, grouping }) =>
		simulator.deliverBatch(messageIds as string[], grouping as 'messages' | undefined),
	numbers: (simulator, input) => simulator.addBusinessNumber(input),
	templates: (simulator, input) => simulator.addTemplate(input as never),
	templateStatus: (simulator, { id, status, reason }) =>
		simulator.setTemplateStatus(String(id), String(status), reason as string | undefined),
	/** The bytes are base64. */
	media: (simulator, { bytes, mimeType, fileName }) =>
		simulator.addInboundMedia(
			Buffer.from(String(bytes), 'base64'),
			String(mimeType),
			fileName as string | undefined,
		),
	callback: (simulator, { url }) => simulator.setCallback(String(url)),
	notOnWhatsApp: (simulator, { contact }) => simulator.notOnWhatsApp(contact as string),
	setUp: (simulator, input) => simulator.setUp(input),
	failNext: (simulator, input) => simulator.failNext(input),
	failLater: (simulator, input) => simulator.failLater(input as never),
	settings: (simulator, input) => Object.assign(simulator.settings, input),
	settled: (simulator, { timeoutMs }) => simulator.settled(timeoutMs as number | undefined),
	waitForSent: (simulator, { count, timeoutMs }) =>
		simulator.waitForSent(Number(count), timeoutMs as number | undefined),
	reset: (simulator) => simulator.reset(),
};

/** `GET /_control/{name}`: what the simulator knows. */
const VIEWS: Record<string, Doing> = {
	sent: (simulator) => simulator.sent,
	inbound: (simulator) => simulator.inbound,
	requests: (simulator) => simulator.requests,
	deliveries: (simulator) => simulator.deliveries,
	failures: (simulator) => simulator.failuresOutsideWindow(),
	settings: (simulator) => simulator.settings,
	numbers: (simulator) => [...simulator.world.accounts.numbers.values()],
	templates: (simulator) => [...simulator.world.templates.byId.values()],
	window: (simulator, { to, contact }) =>
		simulator.windowOf(to ? String(to) : simulator.world.number().id, String(contact)),
	/** The bytes are base64. */
	media: (simulator, { id }) => {
		const media = simulator.media.get(String(id));
		return media && { ...media, bytes: media.bytes.toString('base64') };
	},
};

/** The control API. What a method throws comes back as 400 with `{ problem }`. */
export function controlRoutes(simulator: () => Simulator): Router {
	const router = Router();
	router.use(json({ limit: '150mb' }));
	const serve = (doings: Record<string, Doing>, method: 'get' | 'post') =>
		router[method]('/:name', async (req, res, next) => {
			const doing = Object.hasOwn(doings, req.params.name) ? doings[req.params.name] : undefined;
			if (!doing) {
				next();
				return;
			}
			try {
				const input = { ...req.query, ...(req.body as Json | undefined) };
				res.json((await doing(simulator(), input)) ?? null);
			} catch (error) {
				res.status(400).json({ problem: error instanceof Error ? error.message : String(error) });
			}
		});
	serve(VIEWS, 'get');
	serve(DOINGS, 'post');
	router.use((_req, res) => {
		res
			.status(404)
			.json({ problem: 'No such control', get: Object.keys(VIEWS), post: Object.keys(DOINGS) });
	});
	return router;
}
