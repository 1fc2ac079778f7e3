import { Router } from 'express';

import { ACCOUNT_SHAPE, accountNode } from '../accounts';
import { pricingAnalytics } from '../analytics';
import { unknownObject } from '../errors';
import { show } from '../fields';
import { TEMPLATE_SHAPE, templateNode } from '../templates';
import type { Json } from '../types';
import type { World } from '../world';

import { showNumber } from './accounts';

const APP_SHAPE = { nodeType: 'Application', known: ['link'], byDefault: ['name'] } as const;

/** `GET /{any ID}`: whatever has this ID; everything else is unknown. */
export function dispatch(world: World): Router {
	const router = Router();
	router.get('/:id', (req, res) => {
		const { fields, phone_number_id: owner } = req.query;
		const node = nodeOf(
			world,
			req.params.id,
			fields,
			owner === undefined ? undefined : String(owner),
		);
		const allowed = res.locals.token === 'user' || req.params.id === world.identity.appId;
		if (!node || !allowed) throw unknownObject(req.params.id, 'get');
		res.json(node);
	});
	router.all('/:id{/*rest}', (req) => {
		throw unknownObject(req.params.id, req.method);
	});
	return router;
}

function nodeOf(world: World, id: string, fields: unknown, owner?: string): Json | undefined {
	const number = world.accounts.numbers.get(id);
	if (number) return showNumber(world, number, fields);
	const account = world.accounts.accounts.get(id);
	if (account && world.setup.accountReachable) {
		const analytics = { pricing_analytics: pricingAnalytics(world, id, fields) };
		const shown = { ...accountNode(account), ...analytics, ...world.setup.account };
		return show(shown, fields, ACCOUNT_SHAPE);
	}
	const template = world.templates.byId.get(id);
	if (template) return show(templateNode(template), fields, TEMPLATE_SHAPE);
	const media = world.media.get(id, owner);
	if (media) {
		const { mediaUrl } = world.settings;
		return { ...world.media.node(media, world.url), ...(mediaUrl && { url: mediaUrl }) };
	}
	if (id === world.identity.appId) return show({ id, name: 'Simulated App' }, fields, APP_SHAPE);
	return undefined;
}
