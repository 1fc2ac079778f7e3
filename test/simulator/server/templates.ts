import { Router } from 'express';

import { compareTemplates } from '../analytics';
import { unknownObject } from '../errors';
import { page, show } from '../fields';
import { adopt, searchLibrary } from '../library';
import { checkSamples } from '../sampleRules';
import { announceTemplate } from '../templateNews';
import { TEMPLATE_SHAPE, templateNode } from '../templates';
import type { Json } from '../types';
import type { World } from '../world';

/** The message templates of an account. */
export function templateRoutes(world: World): Router {
	const router = Router();
	const { templates, accounts } = world;

	router.get('/message_template_library', (req, res) => {
		if (res.locals.token !== 'user') throw unknownObject('message_template_library', 'get');
		const found = searchLibrary({ ...req.query });
		res.json(page(found, { ...req.query }, new URL(req.originalUrl, world.url)));
	});

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
			const body = (req.body ?? {}) as Json;
			checkSamples(body.components, world.uploads);
			const template =
				body.library_template_name === undefined
					? templates.create(req.params.id, body)
					: adopt(templates, req.params.id, body);
			const { id, status, category } = template;
			res.json({ id, status, category });
			if (status === 'APPROVED') void announceTemplate(world, template, 'APPROVED');
		})
		.delete((req, res) => {
			for (const template of templates.remove(req.params.id, { ...req.query })) {
				void announceTemplate(world, template, 'DELETED');
			}
			res.json({ success: true });
		});

	router.get('/:id/compare', (req, res) => {
		const { id } = req.params;
		if (!templates.byId.has(id) || res.locals.token !== 'user') throw unknownObject(id, 'get');
		res.json(compareTemplates(world, id, { ...req.query }));
	});

	router.post('/:id', (req, res, next) => {
		const template = templates.byId.get(req.params.id);
		if (!template) {
			next();
			return;
		}
		const body = (req.body ?? {}) as Json;
		checkSamples(body.components, world.uploads);
		templates.edit(template, body);
		res.json({ success: true });
	});
	return router;
}
