import { Router } from 'express';

import { NUMBER_SHAPE, type BusinessNumber } from '../accounts';
import { invalidParameter, unknownObject } from '../errors';
import { page, show } from '../fields';
import type { Json } from '../types';
import type { World } from '../world';

const SCOPES = ['whatsapp_business_management', 'whatsapp_business_messaging'];

/** The phone numbers of an account, and what a token is good for. */
export function accountRoutes(world: World): Router {
	const router = Router();

	router.get('/:id/phone_numbers', (req, res) => {
		const { id } = req.params;
		if (!world.accounts.accounts.has(id) || res.locals.token !== 'user') {
			throw unknownObject(id, 'get');
		}
		const shown = world.accounts
			.numbersOf(id)
			.map((number) => showNumber(world, number, req.query.fields) as Json & { id: string });
		res.json(page(shown, { ...req.query }, new URL(req.originalUrl, world.url)));
	});

	router.get('/me/permissions', (_req, res) => {
		res.json({ data: SCOPES.map((permission) => ({ permission, status: 'granted' })) });
	});

	router.get('/debug_token', (req, res) => {
		const { input_token: token } = req.query;
		if (token === undefined) throw invalidParameter('The parameter input_token is required.');
		const { appId, accessToken } = world.identity;
		res.json({
			data:
				token === accessToken
					? {
							app_id: appId,
							type: 'SYSTEM_USER',
							application: 'Simulated App',
							expires_at: 0,
							is_valid: true,
							scopes: SCOPES,
						}
					: {
							is_valid: false,
							scopes: [],
							error: { code: 190, message: 'Invalid OAuth access token.' },
						},
		});
	});
	return router;
}

/** What the API shows of a phone number. */
export function showNumber(world: World, number: BusinessNumber, fields: unknown): Json {
	const configuration = world.subscriptions.configurationOf(number.businessAccountId, number.id);
	return show({ ...number.fields, webhook_configuration: configuration }, fields, NUMBER_SHAPE);
}
