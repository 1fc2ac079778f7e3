import { Router, type Request } from 'express';

import { GraphError, invalidParameter, unknownObject } from '../errors';
import { FIELDS, overrideOf, verifyCallback } from '../subscriptions';
import type { Json } from '../types';
import type { World } from '../world';

const OBJECT = 'whatsapp_business_account';

/** Who gets the webhooks: the app's callback, and the overrides of accounts and phone numbers. */
export function subscriptionRoutes(world: World): Router {
	const router = Router();
	const { subscriptions, accounts, identity, settings } = world;
	/** The app that a request with the access token subscribes. */
	const ofToken = () => {
		const { tokenAppId } = world.setup;
		return tokenAppId ? { appId: tokenAppId } : {};
	};

	router
		.route('/:id/subscribed_apps')
		.all((req, res, next) => {
			const isThere = accounts.accounts.has(req.params.id) && world.setup.accountReachable;
			if (isThere && res.locals.token === 'user') next();
			else throw unknownObject(req.params.id, req.method);
		})
		.get((req, res) => {
			const subscribed = subscriptions.accounts.get(req.params.id);
			const appId = subscribed?.appId ?? identity.appId;
			const link = `https://www.facebook.com/games/?app_id=${appId}`;
			const node = { id: appId, name: 'Simulated App', link };
			res.json({
				data: subscribed
					? [
							{
								whatsapp_business_api_data: node,
								...(subscribed.override && { override_callback_uri: subscribed.override }),
							},
						]
					: [],
			});
		})
		.post(async (req, res) => {
			const body = parametersOf(req);
			if (body.override_callback_uri === undefined) {
				subscriptions.accounts.set(req.params.id, ofToken());
			} else {
				const { url, token } = overrideOf(body);
				await verifyCallback(url, token, settings.deliveryTimeoutMs);
				subscriptions.accounts.set(req.params.id, { ...ofToken(), override: url });
			}
			res.json({ success: true });
		})
		.delete((req, res) => {
			subscriptions.accounts.delete(req.params.id);
			res.json({ success: true });
		});

	router
		.route('/:id/subscriptions')
		.all((req, res, next) => {
			if (req.params.id !== identity.appId) throw unknownObject(req.params.id, req.method);
			if (res.locals.token !== 'app') throw new GraphError(15);
			next();
		})
		.get((_req, res) => {
			const { app } = subscriptions;
			const version = identity.apiVersions[identity.apiVersions.length - 1];
			res.json({
				data: app
					? [
							{
								object: OBJECT,
								callback_url: app.callbackUrl,
								active: !world.setup.appCallbackOff,
								fields: app.fields.map((name) => ({ name, version })),
							},
						]
					: [],
			});
		})
		.post(async (req, res) => {
			const { object, callback_url: url, verify_token: token, fields } = parametersOf(req);
			if (object !== OBJECT) throw invalidParameter(`Param object must be one of {${OBJECT}}`);
			if (typeof url !== 'string' || !/^https?:\/\/[^/\s]/.test(url)) {
				throw invalidParameter('Param callback_url must be a valid URI');
			}
			const names = listOf(fields);
			const odd = names.find((name) => !FIELDS.includes(name));
			if (odd !== undefined || !names.length) {
				throw invalidParameter(`Param fields must be of {${FIELDS.join(', ')}}`);
			}
			await verifyCallback(url, String(token ?? ''), settings.deliveryTimeoutMs);
			subscriptions.app = { callbackUrl: url, fields: names };
			world.setup.appCallbackOff = false;
			res.json({ success: true });
		})
		.delete((req, res) => {
			const names = listOf(parametersOf(req).fields);
			const { app } = subscriptions;
			const left = names.length ? app?.fields.filter((name) => !names.includes(name)) : [];
			subscriptions.app = app && left?.length ? { ...app, fields: left } : undefined;
			res.json({ success: true });
		});

	router.post('/:id', async (req, res, next) => {
		const number = accounts.numbers.get(req.params.id);
		if (!number || res.locals.token !== 'user') {
			next();
			return;
		}
		const { webhook_configuration: configuration } = parametersOf(req);
		if (typeof configuration !== 'object' || configuration === null) {
			throw invalidParameter('Param webhook_configuration must be an object.');
		}
		if ((configuration as Json).override_callback_uri === '') {
			subscriptions.numbers.delete(number.id);
		} else {
			const { url, token } = overrideOf(configuration as Json);
			await verifyCallback(url, token, settings.deliveryTimeoutMs);
			subscriptions.numbers.set(number.id, url);
		}
		res.json({ success: true });
	});
	return router;
}

/** Graph takes parameters from the body and from the query alike. */
function parametersOf(req: Request): Json {
	return { ...req.query, ...(req.body as Json | undefined) };
}

/** A list given as an array or as text with commas. */
function listOf(list: unknown): string[] {
	const names = Array.isArray(list) ? list.map(String) : String(list ?? '').split(',');
	return names.map((name) => name.trim()).filter(Boolean);
}
