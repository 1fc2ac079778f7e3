import { Router, type Request, type Response } from 'express';

import type { BusinessNumber } from '../accounts';
import { windowOf } from '../books';
import { digitsOf, type Contact } from '../contacts';
import { GraphError, unknownObject } from '../errors';
import { page } from '../fields';
import { setUsername, showLink } from '../storefront';
import type { Json } from '../types';
import type { World } from '../world';

/** What a business number shows to people, and whom it has blocked. */
export function storefrontRoutes(world: World): Router {
	const router = Router();

	const numberOf = (req: Request, res: Response): BusinessNumber => {
		const id = String(req.params.id);
		const number = world.accounts.numbers.get(id);
		if (!number || res.locals.token !== 'user') throw unknownObject(id, req.method);
		return number;
	};
	const frontOf = (req: Request, res: Response) => world.storefront(numberOf(req, res));
	const bodyOf = (req: Request) => (req.body ?? {}) as Json;
	const urlOf = (req: Request) => new URL(req.originalUrl, world.url);

	router
		.route('/:id/block_users')
		.post((req, res) => {
			res.json(changeBlocks(world, numberOf(req, res), bodyOf(req), true));
		})
		.delete((req, res) => {
			res.json(changeBlocks(world, numberOf(req, res), bodyOf(req), false));
		})
		.get((req, res) => {
			const number = numberOf(req, res);
			const blocked = world.contacts
				.all()
				.filter((contact) => world.ledger(number, contact).isBlocked)
				.map((contact) => ({ id: String(contact.userId), contact }));
			const { data, ...rest } = page(blocked, { ...req.query }, urlOf(req));
			const shown = (data as typeof blocked).map(({ contact }) => ({
				messaging_product: 'whatsapp',
				wa_id: contact.phone,
			}));
			res.json({ data: shown, ...rest });
		});

	router
		.route('/:id/whatsapp_business_profile')
		.get((req, res) => {
			res.json({ data: [frontOf(req, res).showProfile(req.query.fields)] });
		})
		.post((req, res) => {
			frontOf(req, res).updateProfile(bodyOf(req));
			res.json({ success: true });
		});

	router
		.route('/:id/message_qrdls')
		.get((req, res) => {
			const format = /qr_image_url\.format\((\w+)\)/.exec(String(req.query.fields))?.[1];
			const { data, ...rest } = page(frontOf(req, res).links, { ...req.query }, urlOf(req));
			const links = data as Parameters<typeof showLink>[0][];
			res.json({ data: links.map((link) => showLink(link, format)), ...rest });
		})
		.post((req, res) => {
			const front = frontOf(req, res);
			const body = bodyOf(req);
			res.json(body.code === undefined ? front.createLink(body) : front.updateLink(body));
		});
	router.delete('/:id/message_qrdls/:code', (req, res) => {
		frontOf(req, res).deleteLink(req.params.code);
		res.json({ success: true });
	});

	router.post('/:id/conversational_automation', (req, res) => {
		frontOf(req, res).setAutomation(bodyOf(req));
		res.json({ success: true });
	});

	router
		.route('/:id/username')
		.get((req, res) => {
			const { username } = frontOf(req, res);
			res.json(username === undefined ? {} : { username, status: 'reserved' });
		})
		.post((req, res) => {
			res.json(setUsername(world.storefronts(), frontOf(req, res), bodyOf(req)));
		})
		.delete((req, res) => {
			frontOf(req, res).username = undefined;
			res.json({ success: true });
		});
	router.get('/:id/username_suggestions', (req, res) => {
		const { suggestions } = frontOf(req, res);
		res.json({ data: suggestions.length ? [{ username_suggestions: suggestions }] : [] });
	});
	return router;
}

/** Meta: Block users. Whoever has not written for 24 hours cannot be blocked. */
function changeBlocks(world: World, number: BusinessNumber, body: Json, isBlocked: boolean): Json {
	const done: Json[] = [];
	const failed: Json[] = [];
	for (const { user } of (body.block_users ?? []) as Array<{ user: string }>) {
		const code = refusalOf(world, number, user, isBlocked);
		if (code !== undefined) {
			const { message } = new GraphError(code);
			failed.push({ input: user, errors: [{ message, code, error_data: { details: message } }] });
			continue;
		}
		const contact = world.contacts.find(named(user));
		world.ledger(number, contact).isBlocked = isBlocked;
		done.push({ input: user, wa_id: contact.phone, user_id: contact.userId });
	}
	const answer = {
		messaging_product: 'whatsapp',
		block_users: {
			[isBlocked ? 'added_users' : 'removed_users']: done,
			...(failed.length > 0 && { failed_users: failed }),
		},
	};
	if (failed.length === 0) return answer;
	const error = new GraphError(139100);
	Object.assign(error.body, answer);
	throw error;
}

function refusalOf(world: World, number: BusinessNumber, user: string, isBlocked: boolean) {
	if (digitsOf(user) === number.phone) return 131021;
	const contact = world.contacts.peek(named(user));
	const ledger = contact && world.ledger(number, contact);
	return isBlocked && !windowOf(ledger, world.now()).open ? 131047 : undefined;
}

function named(user: string): Pick<Contact, 'phone' | 'userId'> {
	return /^[A-Z]{2}\./.test(user) ? { userId: user } : { phone: digitsOf(user) };
}
