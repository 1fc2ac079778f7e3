import { setTimeout as sleep } from 'timers/promises';

import express, {
	type ErrorRequestHandler,
	type Express,
	type NextFunction,
	type RequestHandler,
	type Response as Answer,
} from 'express';

import { GraphError } from '../errors';
import { errorOf, type Fault } from '../faults';
import type { Simulator } from '../simulator';
import type { ApiRequest } from '../types';
import type { World } from '../world';

import { accountRoutes, hasExpired } from './accounts';
import { controlRoutes } from './control';
import { dispatch } from './dispatch';
import { mediaBytes, mediaRoutes } from './media';
import { messageRoutes } from './messages';
import { phoneRoutes } from './phone';
import { storefrontRoutes } from './storefront';
import { subscriptionRoutes } from './subscriptions';
import { templateRoutes } from './templates';
import { tokenOf } from './token';
import { uploadRoutes } from './uploads';

/** The whole server: the Graph API under `/vNN.N`, files, the control API and the phone. */
export function createApp(world: World, simulator: () => Simulator): Express {
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	app.use('/_control', controlRoutes(simulator));
	app.use('/phone', phoneRoutes(simulator));
	app.use(
		express.json({ limit: '5mb' }),
		express.urlencoded({ extended: true, limit: '5mb' }),
		express.raw({ type: 'multipart/form-data', limit: '110mb' }),
	);
	app.use(record(world), injectFaults(world));
	app.get('/whatsapp_business/attachments', mediaBytes(world));
	app.use(
		'/:version',
		checkVersion(world),
		authorize(world),
		uploadRoutes(world),
		messageRoutes(world),
		mediaRoutes(world),
		templateRoutes(world),
		subscriptionRoutes(world),
		accountRoutes(world),
		storefrontRoutes(world),
		dispatch(world),
	);
	app.use(() => {
		throw new GraphError(2500);
	});
	app.use(answerError);
	return app;
}

function record(world: World): RequestHandler {
	return (req, res, next) => {
		const { accessToken, appId, appSecret } = world.identity;
		const token = tokenOf(req);
		const request: ApiRequest = {
			at: world.now(),
			method: req.method,
			path: req.path,
			query: { ...req.query },
			body: Buffer.isBuffer(req.body) ? undefined : req.body,
			authorized: token === accessToken || token === `${appId}|${appSecret}`,
		};
		world.requests.push(request);
		res.locals.request = request;
		res.on('finish', () => (request.status = res.statusCode));
		next();
	};
}

function injectFaults(world: World): RequestHandler {
	return async (req, res, next) => {
		const fault = world.faults.forRequest(req.method, req.path);
		const at = world.meanwhile.findIndex(({ path }) => req.path.includes(path));
		if (at >= 0) await world.meanwhile.splice(at, 1)[0].happens();
		if (world.settings.latencyMs) await sleep(world.settings.latencyMs);
		if (fault?.when === 'cut') {
			req.socket.destroy();
		} else if (fault?.when === 'cutAfter') {
			res.json = () => {
				req.socket.destroy();
				return res;
			};
			next();
		} else if (fault?.when === 'after') {
			const json = res.json.bind(res);
			res.json = () => {
				const error = errorOf(fault);
				return json.call(res.status(error.httpStatus).set(error.headers), error.body);
			};
			next();
		} else if (fault?.when === 'stall' || fault?.when === 'trickle') {
			stall(res, fault);
			next();
		} else if (fault) {
			throw errorOf(fault);
		} else {
			next();
		}
	};
}

const TRICKLE_MS = 20;

/** Sends the beginning of the answer, which says how long the whole is, and never its end. */
function stall(res: Answer, { when, stallAfter = 1 }: Fault): void {
	res.end = ((content: Buffer | string) => {
		const bytes = Buffer.from(content);
		let sent = Math.min(stallAfter, bytes.length - 1);
		res.write(bytes.subarray(0, sent));
		if (when === 'stall') return res;
		const trickling = setInterval(() => {
			if (sent < bytes.length - 1) res.write(bytes.subarray(sent, ++sent));
		}, TRICKLE_MS);
		res.once('close', () => clearInterval(trickling));
		return res;
	}) as Answer['end'];
}

function checkVersion(world: World): RequestHandler {
	return (req, _res, next) => {
		const { version } = req.params as { version?: string };
		if (!world.identity.apiVersions.includes(String(version))) {
			throw new GraphError(2500, { message: `Unknown path components: ${req.originalUrl}` });
		}
		next();
	};
}

function authorize(world: World): RequestHandler {
	return (req, res: Answer, next: NextFunction) => {
		const { authorized } = res.locals.request as ApiRequest;
		if (!authorized) {
			throw new GraphError(190, {
				message: tokenOf(req)
					? 'Invalid OAuth access token - Cannot parse access token'
					: 'An access token is required to request this resource.',
			});
		}
		const isUser = tokenOf(req) === world.identity.accessToken;
		if (isUser && hasExpired(world)) {
			throw new GraphError(190, {
				message: 'Error validating access token: Session has expired',
				subcode: 463,
			});
		}
		res.locals.token = tokenOf(req) === world.identity.accessToken ? 'user' : 'app';
		next();
	};
}

const answerError: ErrorRequestHandler = (error, _req, res, next) => {
	if (res.headersSent) {
		next(error);
		return;
	}
	const known =
		error instanceof GraphError
			? error
			: new GraphError((error as { status?: number }).status === 400 ? 100 : 1, {
					details: error instanceof Error ? error.message : String(error),
				});
	res.status(known.httpStatus).set(known.headers).json(known.body);
};
