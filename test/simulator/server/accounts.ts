import { Router } from 'express';

import { NUMBER_SHAPE, type BusinessAccount, type BusinessNumber } from '../accounts';
import { templateAnalytics } from '../analytics';
import { invalidParameter, unknownObject } from '../errors';
import { page, show } from '../fields';
import { healthOf } from '../setup';
import type { Json } from '../types';
import type { World } from '../world';

/** The phone numbers of an account, and what a token is good for. */
export function accountRoutes(world: World): Router {
	const router = Router();

	router.get('/:id/phone_numbers', (req, res) => {
		const { id } = req.params;
		const isThere = world.accounts.accounts.has(id) && world.setup.accountReachable;
		if (!isThere || res.locals.token !== 'user') {
			throw unknownObject(id, 'get');
		}
		const shown = world.accounts
			.numbersOf(id)
			.map((number) => showNumber(world, number, req.query.fields) as Json & { id: string });
		res.json(page(shown, { ...req.query }, new URL(req.originalUrl, world.url)));
	});

	const list = (edge: string, entriesOf: (account: BusinessAccount) => Array<{ id: string }>) => {
		router.get(`/:id/${edge}`, (req, res) => {
			const { id } = req.params;
			const account = world.accounts.accounts.get(id);
			if (!account || res.locals.token !== 'user') throw unknownObject(id, 'get');
			res.json(page(entriesOf(account), { ...req.query }, new URL(req.originalUrl, world.url)));
		});
	};
	// Meta: Flows API, Retrieving a List of Flows; WhatsApp Business Account, Product Catalogs.
	list('flows', ({ flows }) =>
		flows.map((flow) => ({ ...flow, categories: ['OTHER'], validation_errors: [] })),
	);
	list('product_catalogs', ({ catalogs }) => catalogs);

	// Meta: Payments API India, Onboarding APIs. A list within the list, as its page shows it.
	router.get('/:id/payment_configurations', (req, res) => {
		const { id } = req.params;
		const account = world.accounts.accounts.get(id);
		if (!account || res.locals.token !== 'user') throw unknownObject(id, 'get');
		res.json({ data: [{ payment_configurations: account.paymentConfigurations }] });
	});

	router.get('/:id/template_analytics', (req, res) => {
		const { id } = req.params;
		if (!world.accounts.accounts.has(id) || res.locals.token !== 'user') {
			throw unknownObject(id, 'get');
		}
		res.json(templateAnalytics(world, { ...req.query }));
	});

	router.get('/me/permissions', (_req, res) => {
		res.json({ data: world.setup.scopes.map((permission) => ({ permission, status: 'granted' })) });
	});

	router.get('/debug_token', (req, res) => {
		const { input_token: token } = req.query;
		if (token === undefined) throw invalidParameter('The parameter input_token is required.');
		const { appId, accessToken } = world.identity;
		const { scopes, grantedAccounts, tokenExpiresAt, tokenAppId = appId } = world.setup;
		if (token !== accessToken) {
			const error = { code: 190, message: 'Invalid OAuth access token.' };
			res.json({ data: { is_valid: false, scopes: [], error } });
			return;
		}
		if (res.locals.token === 'app' && tokenAppId !== appId) {
			throw invalidParameter('The App_id in the input_token did not match the Viewing App');
		}
		const isOver = hasExpired(world);
		res.json({
			data: {
				app_id: tokenAppId,
				type: 'SYSTEM_USER',
				application: 'Simulated App',
				data_access_expires_at: 0,
				expires_at: tokenExpiresAt,
				is_valid: !isOver,
				scopes,
				granular_scopes: scopes.map((scope) => ({
					scope,
					...(grantedAccounts && { target_ids: grantedAccounts }),
				})),
				...(isOver && {
					error: { code: 190, subcode: 463, message: 'Session has expired.' },
				}),
			},
		});
	});
	return router;
}

/** Whether the access token's time is over. */
export function hasExpired({ setup, now }: World): boolean {
	return setup.tokenExpiresAt > 0 && setup.tokenExpiresAt * 1000 <= now();
}

/** What the API shows of a phone number. */
export function showNumber(world: World, number: BusinessNumber, fields: unknown): Json {
	const configuration = world.subscriptions.configurationOf(number.businessAccountId, number.id);
	const health = { health_status: healthOf('WABA', 'AVAILABLE') };
	const { automation } = world.storefront(number);
	const front = { conversational_automation: automation };
	const node = { ...health, ...front, ...number.fields, ...world.setup.number };
	return show({ ...node, webhook_configuration: configuration }, fields, NUMBER_SHAPE);
}
