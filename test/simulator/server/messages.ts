import { Router } from 'express';

import { unknownObject } from '../errors';
import { acceptMessage, markRead } from '../sending';
import type { Json } from '../types';
import type { World } from '../world';

/** `POST /{phone number ID}/messages`, and `/marketing_messages`. */
export function messageRoutes(world: World): Router {
	const router = Router();
	router.post('/:id/messages', async (req, res) => {
		const number = world.accounts.numbers.get(req.params.id);
		if (!number || res.locals.token !== 'user') throw unknownObject(req.params.id, 'post');
		const body = (req.body ?? {}) as Json;
		if (body.status !== undefined) {
			res.json(markRead(world, number, body));
			return;
		}
		const { reply, statuses } = acceptMessage(world, number, body);
		if (world.settings.statusesBeforeReply) await statuses;
		res.json(reply);
	});
	router.post('/:id/marketing_messages', async (req, res) => {
		const number = world.accounts.numbers.get(req.params.id);
		if (!number || res.locals.token !== 'user') throw unknownObject(req.params.id, 'post');
		const body = (req.body ?? {}) as Json;
		const { reply, statuses } = acceptMessage(world, number, body, 'marketing_messages');
		if (world.settings.statusesBeforeReply) await statuses;
		res.json(reply);
	});
	return router;
}
