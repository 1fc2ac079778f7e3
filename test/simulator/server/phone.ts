import express, { json, Router, type RequestHandler, type Response as Answer } from 'express';

import { entriesOf } from '../phone/entries';
import { forge } from '../phone/forgery';
import type { Simulator } from '../simulator';
import type { Json } from '../types';

import { controlRoutes } from './control';

const PAGE = `${__dirname}/../phone/page`;

/** How often the page is told what has changed. */
const TICK_MS = 150;

/** Nothing on the page comes from elsewhere, whatever a message says. */
const POLICY = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

/** What a browser may show by itself; other files are saved. */
const SHOWN = /^(image\/(png|jpeg|webp)|audio\/[\w.+-]+|video\/[\w.+-]+|application\/pdf)$/;

/** The page with the phone, and its API: all that the control API has, and what only it needs. */
export function phoneRoutes(simulator: () => Simulator): Router {
	const router = Router();
	router.get('/api/events', events(simulator));
	router.get('/media/:id', media(simulator));
	router.post('/api/forges', json(), async (req, res) => {
		res.json(await forge(simulator().world, req.body as Json));
	});
	router.post('/api/business/:name', json({ limit: '5mb' }), askBusiness(simulator));
	router.use('/api', controlRoutes(simulator));
	router.use(
		express.static(PAGE, {
			setHeaders: (res) => {
				res.setHeader('Content-Security-Policy', POLICY);
				res.setHeader('Cache-Control', 'no-cache');
			},
		}),
	);
	return router;
}

/** Server-Sent Events: all entries first, then those that changed and the names of those gone. */
function events(simulator: () => Simulator): RequestHandler {
	return (_req, res) => {
		res.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' }).flushHeaders();
		const known = new Map<string, string>();
		tellChanges(simulator(), known, res, true);
		const timer = setInterval(() => tellChanges(simulator(), known, res, false), TICK_MS);
		res.on('close', () => clearInterval(timer));
	};
}

function tellChanges(
	simulator: Simulator,
	known: Map<string, string>,
	res: Answer,
	isFirst: boolean,
): void {
	const { world, business } = simulator;
	const changed: Json[] = [];
	const gone = new Set(known.keys());
	for (const entry of [...entriesOf(world), ...(business?.entries() ?? [])]) {
		const name = `${entry.kind}:${entry.id}`;
		const text = JSON.stringify(entry);
		gone.delete(name);
		if (known.get(name) === text) continue;
		known.set(name, text);
		changed.push(entry);
	}
	for (const name of gone) known.delete(name);
	if (!isFirst && !changed.length && !gone.size) return;
	const told = { all: isFirst, now: world.now(), changed, gone: [...gone] };
	res.write(`data: ${JSON.stringify(told)}\n\n`);
}

function media(simulator: () => Simulator): RequestHandler {
	return (req, res) => {
		const file = simulator().media.get(String(req.params.id));
		if (!file) {
			res.status(404).type('text').send('Not Found');
			return;
		}
		if (!SHOWN.test(file.mimeType)) res.attachment(file.fileName ?? file.id);
		res.set({ 'Content-Type': file.mimeType, 'X-Content-Type-Options': 'nosniff' });
		res.send(file.bytes);
	};
}

function askBusiness(simulator: () => Simulator): RequestHandler {
	return async (req, res) => {
		const doings = simulator().business?.doings ?? {};
		const name = String(req.params.name);
		if (!Object.hasOwn(doings, name)) {
			res.status(404).json({ problem: `The business does not know how to do '${name}'` });
			return;
		}
		try {
			res.json((await doings[name]((req.body ?? {}) as Json)) ?? null);
		} catch (error) {
			res.status(400).json({ problem: error instanceof Error ? error.message : String(error) });
		}
	};
}
