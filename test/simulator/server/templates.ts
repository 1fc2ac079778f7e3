import { Router } from 'express';

import { unknownObject } from '../errors';
import { page, show } from '../fields';
import { announceTemplate } from '../templateNews';
import { TEMPLATE_SHAPE, templateNode } from '../templates';
import type { Json } from '../types';
import type { World } from '../world';

/** The message templates of an account. */
export function templateRoutes(world: World): Router {
	const router = Router();
	const { templates, accounts } = world;

	router
		.route('/:id/message_templates')
		.all((req, res, next) => {
			if (accounts.accounts.has(req.params.id) && res.locals.token === 'user') next();
			else throw unknownObject(req.params.id, req.method);
		})
		.get((req, res) => {
			const found = templates.list(req.params.id, { ...req.query });
			const shown = found.map(
				(template) =>
					show(templateNode(template), req.query.fields, TEMPLATE_SHAPE) as Json & { id: string },
			);
			res.json(page(shown, { ...req.query }, new URL(req.originalUrl, world.url)));
		})
		.post((req, res) => {
			const { id, status, category } = templates.create(req.params.id, (req.body ?? {}) as Json);
			res.json({ id, status, category });
		})
		.delete((req, res) => {
			for (const template of templates.remove(req.params.id, { ...req.query })) {
				void announceTemplate(world, template, 'DELETED');
			}
			res.json({ success: true });
		});

	router.post('/:id', (req, res, next) => {
		const template = templates.byId.get(req.params.id);
		if (!template) {
			next();
			return;
		}
		templates.edit(template, (req.body ?? {}) as Json);
		res.json({ success: true });
	});
	return router;
}
