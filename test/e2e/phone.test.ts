import { existsSync } from 'fs';

import { type Browser, chromium, type Page } from 'playwright-core';

import { waitFor } from '../n8n/client';
import { Simulator } from '../simulator/simulator';
import type { Json } from '../simulator/types';

import { serve, type StandIn } from './standIn';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

const NUMBER = '100200300400500';
const ANN = { phone: '15551230001', name: 'Ann' };

/** The page of the phone in a browser. It needs the simulator alone; a test plays the business. */
(existsSync(CHROMIUM) ? describe : describe.skip)('the phone', () => {
	let browser: Browser;
	let sim: Simulator;
	let page: Page;
	let troubles: string[];

	beforeAll(async () => {
		browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
	});
	afterAll(() => browser?.close());

	beforeEach(async () => {
		sim = await Simulator.start();
		sim.addBusinessNumber({ id: NUMBER, phone: '15550001111', name: 'Corner Shop' });
		troubles = [];
	});
	afterEach(async () => {
		await page?.context().close();
		await sim.stop();
		expect(troubles).toEqual([]);
	});

	/** Opens the page; whatever it asks of another server is a trouble, as is what it logs. */
	const open = async (options: Parameters<Browser['newContext']>[0] = {}) => {
		const context = await browser.newContext({
			viewport: { width: 1280, height: 900 },
			...options,
		});
		page = await context.newPage();
		page.setDefaultTimeout(20_000);
		page.on('request', (request) => {
			if (!request.url().startsWith(sim.url)) troubles.push(request.url());
		});
		page.on('pageerror', ({ message }) => troubles.push(message));
		page.on('console', (message) => {
			if (message.type() === 'error') troubles.push(message.text());
		});
		await page.goto(sim.phoneUrl);
		await page.getByText('Live', { exact: true }).waitFor();
	};

	const chat = () => page.getByRole('list', { name: 'Messages' });

	/** On a narrow screen: shows this part of the page. */
	const part = (name: string) =>
		page.getByRole('navigation', { name: 'Parts of the page' }).getByText(name).click();

	const send = async (message: object) => {
		const { accessToken } = sim.world.identity;
		const response = await fetch(`${sim.url}/v26.0/${NUMBER}/messages`, {
			method: 'POST',
			headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
			body: JSON.stringify({ messaging_product: 'whatsapp', to: `+${ANN.phone}`, ...message }),
		});
		expect(response.status).toBe(200);
	};

	const buttons = {
		type: 'interactive',
		interactive: {
			type: 'button',
			body: { text: 'Which one?' },
			action: {
				buttons: [
					{ type: 'reply', reply: { id: 'blue', title: 'The blue lamp' } },
					{ type: 'reply', reply: { id: 'red', title: 'The red lamp' } },
				],
			},
		},
	};

	it('lets a new customer write, also as if hours ago, and shows what is written as it is', async () => {
		await open();
		const text = 'Hello *you* <img src=x onerror=alert(1)>';
		await page.getByLabel('When it was written').selectOption('12 h ago');
		await page.getByLabel('Message of the customer').fill(text);
		await page.keyboard.press('Enter');
		await chat().getByText('<img src=x onerror=alert(1)>').waitFor();
		expect(await chat().locator('strong').textContent()).toBe('you');
		expect(await chat().locator('img').count()).toBe(0);
		const [{ at, message, from }] = sim.inbound;
		expect(message.text).toEqual({ body: text });
		expect(Date.now() - at).toBeGreaterThan(11.9 * 3_600_000);
		expect(sim.windowOf(NUMBER, from).open).toBe(true);
		await page.getByText(/^11 h 59 min \d\d s$/).waitFor();
	});

	it('shows ticks as they come, and why a message failed', async () => {
		await sim.writes({ from: ANN, text: 'Hello' });
		sim.settings.statusDelayMs = 300;
		await open();
		await send({ type: 'text', text: { body: 'An answer' } });
		const answer = chat().getByRole('article', { name: 'The business' });
		for (const state of ['Accepted', 'Sent', 'Delivered', 'Read']) {
			await answer.getByText(state, { exact: true }).waitFor({ state: 'attached' });
		}
		expect(sim.sent[0].statuses.map(({ status }) => status)).toEqual(['sent', 'delivered', 'read']);

		await page
			.getByLabel('What WhatsApp answers')
			.selectOption('131026 · Blocked or not on WhatsApp (later)');
		await page.getByRole('button', { name: 'Let it fail' }).click();
		await page.getByText(/^Ready\./).waitFor();
		await send({ type: 'text', text: { body: 'Another one' } });
		await chat().getByText('131026 Message undeliverable.').waitFor();
	});

	it('is worked with the keyboard alone: choose a customer, tap a button, react, quote', async () => {
		await sim.writes({ from: ANN, text: 'Hello' });
		await open();
		await send(buttons);
		await chat().getByText('Which one?').waitFor();

		const focused = () =>
			page.evaluate(() => {
				const { activeElement: now } = document;
				return now?.getAttribute('aria-label') || now?.textContent || now?.id;
			});
		const tabTo = async (wanted: string) => {
			for (let presses = 0; presses < 40; presses++) {
				await page.keyboard.press('Tab');
				if ((await focused())?.includes(wanted)) return;
			}
			throw new Error(`Nothing called '${wanted}' gets the focus`);
		};

		await page.keyboard.press('Tab');
		expect(await focused()).toBe('Skip to the message box');
		await tabTo('Ann');
		await tabTo('The red lamp');
		const outline = await page.evaluate(
			() => getComputedStyle(document.activeElement as Element).outlineStyle,
		);
		expect(outline).toBe('solid');
		await page.keyboard.press('Enter');
		await chat().getByText('The red lamp').nth(1).waitFor();
		expect(sim.inbound[1].message.interactive).toMatchObject({ button_reply: { id: 'red' } });

		expect(await focused()).toBe('The red lamp');
		await tabTo('React');
		await page.keyboard.press('Enter');
		expect(await focused()).toBe('React 👍');
		await page.keyboard.press('Enter');
		await chat().getByText('your reaction').waitFor({ state: 'attached' });
		expect(sim.inbound[2].message.reaction).toMatchObject({ emoji: '👍' });

		expect(await focused()).toBe('React');
		await tabTo('Quote');
		await page.keyboard.press('Enter');
		await page.keyboard.type('I mean this');
		await page.keyboard.press('Enter');
		await chat().getByText('I mean this').waitFor();
		expect(sim.inbound[3].message.context).toEqual({ id: sim.sent[0].id });
		expect(await page.getByRole('status').last().textContent()).toBe('The business: Which one?');
	});

	it('shows files, and sends photos, places and calls', async () => {
		await sim.writes({ from: ANN, text: 'Hello' });
		await open();
		await page.getByRole('button', { name: 'Photo' }).click();
		const photo = chat().getByRole('img', { name: 'Is this the one?' });
		await photo.waitFor();
		await page.waitForFunction(
			() => document.querySelector<HTMLImageElement>('.chat img')?.naturalWidth,
		);
		await page.getByRole('button', { name: 'Location' }).click();
		await chat().getByText('Brandenburg Gate').waitFor();
		await page.getByRole('button', { name: 'Call' }).click();
		await chat()
			.getByText(/^Called the business/)
			.waitFor();
		await page.getByRole('button', { name: 'Stop offers in WhatsApp' }).click();
		await chat()
			.getByText(/^Stopped offers/)
			.waitFor();
		expect(sim.inbound.map(({ message }) => message.type)).toEqual(['text', 'image', 'location']);
	});

	it('fits a narrow screen, and the dark', async () => {
		for (const [index, name] of ['Ben', 'Cleo', 'Dana'].entries()) {
			await sim.writes({ from: { phone: `1555123000${index + 2}`, name }, text: 'Hello' });
		}
		await sim.writes({ from: ANN, text: `A long word: ${'x'.repeat(200)}` });
		await send(buttons);
		await open({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
		await chat().getByText('Which one?').waitFor();
		const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
		expect(widths).toEqual([360, 360]);
		const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
		expect(dark).toBe('rgb(13, 19, 17)');
	});

	const SIZES = [
		{ width: 390, height: 844 },
		{ width: 1024, height: 700 },
		{ width: 1440, height: 900 },
	];

	it.each(SIZES)(
		'has the send row in sight at $width × $height, and notices beside it',
		async (viewport) => {
			await sim.writes({ from: ANN, text: 'Hello' });
			for (let i = 0; i < 12; i++) await send({ type: 'text', text: { body: `Answer no. ${i}.` } });
			await open({ viewport });
			await chat().getByText('Answer no. 11.').waitFor();
			const boxOf = async (part: ReturnType<Page['locator']>) => (await part.boundingBox())!;
			const isInSight = async () => {
				const { y, height } = await boxOf(page.getByRole('button', { name: 'Send the message' }));
				return y >= 0 && y + height <= viewport.height;
			};
			expect(await isInSight()).toBe(true);

			await page.evaluate(`import('./notice.js').then(({ tell }) => tell('x '.repeat(150)))`);
			const notice = await boxOf(page.getByRole('alert'));
			expect(await isInSight()).toBe(true);
			// Each of these clips what is in it.
			const covered: string[] = [];
			for (const one of await page.locator('.top, .tabs, .people, .tries, .phone, .desk').all()) {
				const box = await one.boundingBox();
				if (!box) continue;
				if (box.y < notice.y + notice.height && box.y + box.height > notice.y) {
					covered.push((await one.getAttribute('class'))!);
				}
			}
			expect(covered).toEqual([]);
			await page.getByRole('button', { name: 'Close' }).click();
			await page.getByRole('alert').waitFor({ state: 'hidden' });
		},
	);

	/** A business with one button, which says what n8n decided. */
	const business = (told: string) => ({
		entries: () => [
			{
				kind: 'business',
				id: 'about',
				url: 'http://127.0.0.1:5678/workflow/1',
				email: 'demo@shop.example',
				password: 'secret',
				doings: [
					{ name: 'order', label: 'An order is paid' },
					{
						name: 'clock',
						label: 'Let time pass',
						group: 'The clock',
						choices: [{ value: 'hour', label: 'One hour' }],
					},
				],
			},
		],
		doings: {
			order: () => Promise.resolve(told),
			clock: ({ choice }: Json) => Promise.resolve(`${String(choice)} has passed`),
		},
	});

	it('tells why the business held a message back, by name, and why WhatsApp did not deliver', async () => {
		const told = 'The order A-1 is taken, without a ticket on WhatsApp. The contact has opted out.';
		const shop = business(told);
		sim.business = shop;
		await sim.writes({ from: ANN, text: 'Hello' });
		await open();
		await page.getByRole('button', { name: 'An order is paid' }).click();
		await page.getByRole('alert').getByText(told).waitFor();

		const about = shop.entries();
		const decision = {
			kind: 'decision',
			thread: `${NUMBER}/${ANN.phone}`,
			at: Date.now(),
			workflow: 'Support Conversation',
			node: 'Reply',
			execution: '7',
			url: 'http://127.0.0.1:5678/workflow/1/executions/7',
		};
		const heldBack = {
			...decision,
			id: '7.0',
			decision: { reason: 'optedOut', explanation: 'Ann has opted out.', hint: 'Send nothing.' },
		};
		sim.business = { ...shop, entries: () => [...about, heldBack] };
		const reason = 'Ann has opted out. Send nothing.';
		await page.getByRole('alert').getByText(`Not sent to Ann: ${reason}`).waitFor();
		const log = page.getByRole('region', { name: 'What was decided, and why' });
		await log.getByText(reason).waitFor();

		sim.failLater({ code: 131026, to: ANN.phone });
		await send({ type: 'text', text: { body: 'Another one' } });
		await chat().getByText('131026 Message undeliverable.').waitFor();
		const [{ id: messageId }] = sim.sent;
		const failed = { ...decision, id: '8.0', sentAs: 'freeForm', messageId };
		sim.business = { ...shop, entries: () => [...about, heldBack, failed] };
		await log.getByText('131026 Message undeliverable.').waitFor();
	});

	const broadcast = {
		...{ kind: 'broadcast', id: 'The counter moves', url: 'http://127.0.0.1:5678/workflow/2' },
		...{ state: 'unfinished', planned: 12, left: 5, accepted: 5, skipped: 2, refused: 0 },
		...{ uncertain: 0, phones: { reached: 4, read: 1, failed: 1 } },
	};

	/** A shop that has decided much about Ann. */
	const busyBusiness = () => {
		const shop = business('');
		const [about] = shop.entries();
		const decisions = Array.from({ length: 12 }, (_, index) => ({
			kind: 'decision',
			id: `${index}.0`,
			thread: `${NUMBER}/${ANN.phone}`,
			at: Date.now() - index * 1_000,
			workflow: 'Support Conversation',
			node: 'Reply',
			execution: String(index),
			url: 'http://127.0.0.1:5678/workflow/1',
			decision: { reason: 'optedOut', explanation: `Ann has opted out, no. ${index}.` },
		}));
		const maySend = Object.fromEntries(
			['freeForm', 'utilityTemplate', 'marketingTemplate'].map((kind) => [kind, { allowed: true }]),
		);
		const entries = [
			{ ...about, doings: [...about.doings, ...aboutOwner] },
			{ ...known({ who: 'automation' }), maySend },
			...decisions,
		];
		return { ...shop, entries: () => entries };
	};

	/** Whether the page shows what is in the middle of an element. */
	const isInSight = (selector: string) => {
		const element = document.querySelector(selector)!;
		const { x, y, width, height } = element.getBoundingClientRect();
		return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
	};

	it('has things to try in sight at 1440 × 900, however many customers there are', async () => {
		sim.business = busyBusiness();
		for (let i = 0; i < 12; i++) {
			await sim.writes({ from: { phone: `1555123010${i}`, name: `No. ${i}` }, text: 'Hello' });
		}
		await sim.writes({ from: ANN, text: 'Hello' });
		await open({ viewport: { width: 1440, height: 900 } });
		await page.getByText('Ann has opted out, no. 11.', { exact: true }).waitFor();
		const tries = page.getByRole('region', { name: 'Things to try' });
		for (const label of ['Write STOP', 'New customer, 25 hours later', 'An order is paid']) {
			const spot = await tries.getByRole('button', { name: label }).evaluate((button) => {
				const { x, y, width, height } = button.getBoundingClientRect();
				const found = document.elementFromPoint(x + width / 2, y + height / 2);
				return { bottom: y + height, isSeen: found === button };
			});
			expect({ label, ...spot }).toEqual({ label, bottom: expect.any(Number), isSeen: true });
			expect(spot.bottom).toBeLessThanOrEqual(900);
		}
		const [people, card] = await Promise.all(
			[page.locator('#people'), tries].map(async (one) => await one.boundingBox()),
		);
		expect(people!.y + people!.height).toBeLessThan(card!.y);

		await page.locator('#people').evaluate((list) => list.scrollTo(0, list.scrollHeight));
		await page.getByRole('button', { name: 'New customer', exact: true }).click();
		await page.waitForFunction(isInSight, '#people [aria-current="true"]');
	});

	/** What scrolls of all that the log stands in, and of the log itself. */
	const scrollersOfLog = () =>
		page.evaluate(() => {
			const found: string[] = [];
			for (let node = document.querySelector('#log'); node; node = node.parentElement) {
				const scrolls = /auto|scroll/.test(getComputedStyle(node).overflowY);
				if (scrolls && node.scrollHeight > node.clientHeight) found.push(node.className);
			}
			return found;
		});

	it.each([...SIZES, { width: 900, height: 700 }])(
		'scrolls the log in one place alone at $width × $height, whatever stands above it',
		async (viewport) => {
			const shop = busyBusiness();
			sim.business = shop;
			await sim.writes({ from: ANN, text: 'Hello' });
			await open({ viewport });
			if (viewport.width < 500) await part('Decided');
			await page.getByText('Ann has opted out, no. 11.', { exact: true }).waitFor();
			expect(await scrollersOfLog()).toHaveLength(1);
			if (viewport.width === 1440) {
				expect(await scrollersOfLog()).toEqual(['log']);
				const hidden = await page
					.locator('.known')
					.evaluate((node) => node.scrollHeight - node.clientHeight);
				expect(hidden).toBe(0);
			}
			sim.business = { ...shop, entries: () => [...shop.entries(), broadcast] };
			await createTemplate('lamp_back');
			await page.getByText('The counter moves').waitFor({ state: 'attached' });
			await page.getByText('lamp_back').waitFor({ state: 'attached' });
			expect(await scrollersOfLog()).toHaveLength(1);
			// A card that comes is scrolled to, unless its part of the page is not shown.
			if (viewport.width > 500) await page.waitForFunction(isInSight, '#reviews');
			if (viewport.width === 900) return;
			const newest = page.getByText('Ann has opted out, no. 0.', { exact: true });
			const [box, log] = await Promise.all(
				[newest, page.locator('#log')].map(async (one) => await one.boundingBox()),
			);
			expect(box!.y + box!.height).toBeLessThan(Math.min(log!.y + log!.height, viewport.height));
		},
	);

	it('shows a question as one, on both sides, and what becomes of it; the clock is beside it', async () => {
		const shop = business('');
		sim.business = shop;
		await sim.writes({ from: ANN, text: 'Hello' });
		await send(buttons);
		const [{ id: messageId }] = sim.sent;
		const question = {
			kind: 'question',
			id: '9.Ask',
			thread: `${NUMBER}/${ANN.phone}`,
			at: Date.now(),
			workflow: 'A Question',
			node: 'Ask',
			execution: '9',
			url: 'http://127.0.0.1:5678/workflow/1/executions/9',
			messageId,
		};
		const told = (state: object) => {
			sim.business = { ...shop, entries: () => [...shop.entries(), { ...question, ...state }] };
		};
		told({ state: 'waits', answer: '', until: Date.now() + 3_600_000 });
		await open({ viewport: { width: 390, height: 844 } });
		const bubble = chat().getByRole('article', { name: 'The business' });
		await bubble.getByText('The business waits for your answer').waitFor();
		await part('Decided');
		const log = page.getByRole('list', { name: 'Decisions' });
		await log.getByText('Waits', { exact: true }).waitFor();
		await log.getByText(/^Until (Today|Tomorrow), /).waitFor();

		await part('Try');
		await page.getByRole('button', { name: 'Let time pass' }).click();
		await page.getByRole('alert').getByText('hour has passed').waitFor();

		told({ state: 'answered', answer: 'The red lamp', until: '' });
		await part('Decided');
		await log.getByText('Goes on', { exact: true }).waitFor();
		await log.getByText('Answered: The red lamp').waitFor();
		await part('Phone');
		await bubble.getByText('Answered: The red lamp').waitFor();
		told({ state: 'over', answer: '', until: '' });
		await bubble.getByText('No longer waited for').waitFor();
	});

	/** A server that takes what WhatsApp tells the business. */
	const listening = async (): Promise<StandIn> => {
		const callback = await serve(() => ({ type: 'text/plain', body: '' }));
		sim.setCallback(callback.url);
		return callback;
	};

	const heard = async ({ bodies }: StandIn, words: string) =>
		await waitFor(
			async () => await Promise.resolve(bodies.filter((body) => body.includes(words)).length),
			(count) => count === 1,
			5_000,
			(count) => `The business heard ${count} times of ${words}`,
		);

	/** What n8n says of Ann, as far as who has the conversation goes. */
	const known = (owner: object) => ({
		kind: 'known',
		id: `${NUMBER}/${ANN.phone}`,
		window: { state: 'open', expiresAt: new Date(Date.now() + 3_600_000).toISOString() },
		owner,
	});

	const aboutOwner = [
		{ name: 'giveBack', label: 'Give back to the automation', forOwner: 'person' },
		{ name: 'handOver', label: 'Hand over to a person', forOwner: 'automation' },
	];

	it('says who has the conversation; a colleague answers in the app, and gives it back', async () => {
		const callback = await listening();
		const shop = business('');
		const [about] = shop.entries();
		const has = (owner: object) => {
			const entries = [{ ...about, doings: aboutOwner }, known(owner)];
			sim.business = {
				entries: () => entries,
				doings: { giveBack: () => Promise.resolve(has({ who: 'automation' })) },
			};
		};
		has({ who: 'automation' });
		await sim.writes({ from: ANN, text: 'Where is it?' });
		await open({ viewport: { width: 390, height: 844 } });
		await part('Business');
		const card = page.getByRole('region', { name: 'Who has the conversation' });
		await card.getByText('The automation has it, and answers.').waitFor();
		await card.getByRole('button', { name: 'Hand over to a person' }).waitFor();

		await card.getByLabel('Answer of a colleague').fill('I look for it myself');
		await page.keyboard.press('Enter');
		await heard(callback, 'smb_message_echoes');
		const until = new Date(Date.now() + 12 * 3_600_000).toISOString();
		has({ who: 'person', until, why: 'messageFromApp' });
		await card
			.getByText(/^A person has it until .*, because a colleague answered in the/)
			.waitFor();
		expect(await card.getByRole('button', { name: 'Hand over to a person' }).count()).toBe(0);
		await page.locator('#tabs .has-news', { hasText: 'Phone' }).waitFor();
		await part('Phone');
		const answer = chat().getByRole('article', { name: 'The business' });
		await answer.getByText('I look for it myself').waitFor();
		await answer.getByText('A colleague, in the app').waitFor();

		await part('Business');
		await card.getByRole('button', { name: 'Give back to the automation' }).click();
		await card.getByText('The automation has it, and answers.').waitFor();
		await card.getByRole('button', { name: 'Another responder takes it' }).click();
		await heard(callback, 'control_taken');
		has({ who: 'person', until: new Date(Date.now() - 1).toISOString(), why: 'handOver' });
		await card.getByText('The automation has it, and answers.').waitFor();
		has({ who: 'otherResponder', until });
		await card.getByRole('button', { name: 'The other responder passes it back' }).waitFor();
		await callback.close();
		await card.getByRole('button', { name: 'The other responder passes it back' }).click();
		await page.getByRole('alert').getByText('Not taken by the business').waitFor();
	});

	it('shows a broadcast under way, and steers it', async () => {
		const steps: unknown[] = [];
		const running = {
			...{ kind: 'broadcast', id: 'The counter moves', url: 'http://127.0.0.1:5678/workflow/2' },
			...{ state: 'unfinished', stateReason: '', planned: 12, left: 5, accepted: 5, skipped: 2 },
			...{ refused: 0, uncertain: 0, reasons: { optedOut: 1, duplicate: 1 } },
			phones: { reached: 4, read: 1, failed: 1 },
		};
		const shop = business('');
		const tell = (broadcast: object) => {
			sim.business = {
				entries: () => [...shop.entries(), { ...running, ...broadcast }],
				doings: {
					steerBroadcast: ({ choice }) => {
						steps.push(choice);
						return Promise.reject(new Error('n8n answered 500: no table'));
					},
				},
			};
		};
		tell({});
		await sim.writes({ from: ANN, text: 'Hello' });
		await open();
		const card = page.getByRole('region', { name: 'The broadcast' });
		await card.getByText('Running', { exact: true }).waitFor();
		const counts = card.locator('dl > div');
		expect(await counts.allTextContents()).toEqual([
			...['Planned12', 'Sent5', 'Skipped2', 'Failed1', 'Uncertain0', 'Left5'],
		]);
		expect(await card.getByRole('progressbar').getAttribute('value')).toBe('7');
		await card.getByText('4 delivered, 1 of them read; 1 not delivered').waitFor();
		await card.getByText('optedOut (1), duplicate (1)').waitFor();
		await card.getByRole('button', { name: 'Pause' }).click();
		await page.getByRole('alert').getByText('n8n answered 500: no table').waitFor();
		// The browser notes the refusal.
		expect(troubles.splice(0)).toEqual([expect.stringContaining('400')]);
		expect(steps).toEqual(['pause']);
		tell({ state: 'stopped', stateReason: 'Too many have blocked the number.' });
		await card.getByText('Stopped', { exact: true }).waitFor();
		await card.getByText('Too many have blocked the number.').waitFor();
		tell({ state: 'ended', left: 0, accepted: 10 });
		await card.getByText('Ended', { exact: true }).waitFor();
		expect(await card.getByRole('button').count()).toBe(0);
	});

	/** The business sends a template to Meta's review. */
	const createTemplate = async (name: string) => {
		const { accessToken, businessAccountId } = sim.world.identity;
		const { status } = await fetch(`${sim.url}/v26.0/${businessAccountId}/message_templates`, {
			method: 'POST',
			headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
			body: JSON.stringify({
				...{ name, language: 'en_US', category: 'UTILITY' },
				components: [{ type: 'BODY', text: 'The blue lamp is *back*.' }],
			}),
		});
		expect(status).toBe(200);
	};

	it('shows templates in review, approves one, and rejects one with a reason', async () => {
		const callback = await listening();
		sim.addTemplate({ name: 'old_one', components: [{ type: 'BODY', text: 'Old' }] });
		await sim.writes({ from: ANN, text: 'Hello' });
		await open();
		const card = page.getByRole('region', { name: "Templates in Meta's review" });
		expect(await card.isVisible()).toBe(false);
		await createTemplate('lamp_back');
		await createTemplate('lamp_sale');
		await card.getByText('In review').nth(1).waitFor();
		expect(await card.getByText('old_one').count()).toBe(0);
		expect(await card.locator('strong').first().textContent()).toBe('back');

		await card.getByRole('button', { name: 'Approve lamp_back' }).click();
		await card.getByText('Approved', { exact: true }).waitFor();
		await card.getByText('The business was told.').waitFor();
		await callback.close();
		await card.getByLabel('Why Meta rejects lamp_sale').selectOption('It advertises');
		await card.getByRole('button', { name: 'Reject lamp_sale' }).click();
		await card.getByText('PROMOTIONAL. It advertises.').waitFor();
		await card.getByText(/^The business was not told: /).waitFor();
		const templates = [...sim.world.templates.byId.values()];
		expect(templates.map(({ status, rejected_reason: reason }) => [status, reason])).toEqual([
			['APPROVED', 'NONE'],
			['APPROVED', 'NONE'],
			['REJECTED', 'PROMOTIONAL'],
		]);
		const told = callback.bodies.filter((body) => body.includes('message_template_status_update'));
		expect(told).toEqual([expect.stringContaining('"event":"APPROVED"')]);
	});

	const money = (value: number) => ({ value, offset: 100 });

	const bill = {
		type: 'interactive',
		interactive: {
			type: 'order_details',
			body: { text: 'Your bill' },
			action: {
				name: 'review_and_pay',
				parameters: {
					reference_id: 'order-7',
					type: 'physical-goods',
					payment_settings: [
						{
							type: 'payment_gateway',
							payment_gateway: { type: 'razorpay', configuration_name: 'prod' },
						},
					],
					currency: 'INR',
					total_amount: money(269_900),
					order: {
						status: 'pending',
						items: [
							{
								retailer_id: 'L-1',
								name: 'Brass lamp',
								amount: money(129_950),
								quantity: 2,
							},
						],
						subtotal: money(259_900),
						tax: money(10_000),
					},
				},
			},
		},
	};

	it('shows a bill, pays it at a tap, and tells what becomes of the order', async () => {
		await sim.writes({ from: ANN, text: 'I take two' });
		await open();
		await send(bill);
		const shown = chat().getByRole('list', { name: 'Order order-7' });
		await shown.getByText('2 × Brass lamp').waitFor();
		const lines = await shown.getByRole('listitem').allTextContents();
		expect(lines.map((line) => line.replace(/\s/g, ' '))).toEqual([
			'2 × Brass lamp₹2,599.00',
			'Tax₹100.00',
			'Total₹2,699.00',
		]);
		await chat().getByRole('button', { name: 'Review and pay' }).click();
		await chat().getByText('Paid ✓').waitFor();
		await sim.settled();
		expect(await chat().getByRole('button', { name: 'Review and pay' }).count()).toBe(0);

		await send({
			type: 'interactive',
			interactive: {
				type: 'order_status',
				body: { text: 'On its way' },
				action: {
					name: 'review_order',
					parameters: { reference_id: 'order-7', order: { status: 'shipped' } },
				},
			},
		});
		await chat().getByText('Shipped · Paid ✓').waitFor();
	});

	it('has targets of 44 pixels at least at 390 × 844, in each of its parts', async () => {
		const shop = business('');
		const [about] = shop.entries();
		const doings = [...about.doings, ...aboutOwner];
		sim.business = { ...shop, entries: () => [{ ...about, doings }, broadcast] };
		await createTemplate('a_template_with_a_rather_long_name_that_has_to_break');
		await sim.writes({ from: ANN, text: 'Hello' });
		await send(buttons);
		await send({ type: 'text', text: { body: 'Ok' } });
		await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
		await chat().getByText('Which one?').waitFor();
		await chat().getByRole('button', { name: 'React', exact: true }).first().click();
		await chat().getByRole('button', { name: 'Quote' }).first().click();
		for (const name of ['Phone', 'Customers', 'Try', 'Business', 'Decided']) {
			await part(name);
			const small = await page.evaluate(() =>
				Array.from(document.querySelectorAll('button, a[href], select, input, summary'))
					.filter((target) => target.checkVisibility() && !target.classList.contains('skip'))
					.map((target) => ({
						name: target.getAttribute('aria-label') ?? target.textContent ?? target.id,
						box: target.getBoundingClientRect(),
					}))
					.filter(({ box }) => box.width > 0 && (box.width < 44 || box.height < 44))
					.map(({ name, box }) => `${name}: ${box.width} × ${box.height}`),
			);
			expect(small).toEqual([]);
			const width = await page.evaluate(() => document.documentElement.scrollWidth);
			expect(width).toBe(390);
		}
	});

	it('turns to the first customer who writes, where the page was opened before', async () => {
		await open();
		await sim.writes({ from: ANN, text: 'Am I the first?' });
		await chat().getByText('Am I the first?').waitFor();
		expect(await page.locator('#people li').count()).toBe(1);
	});

	it('opens the workflow in the editor', async () => {
		sim.business = business('');
		await open();
		const link = page.getByRole('link', { name: 'Open the workflow in n8n' });
		expect(await link.getAttribute('href')).toBe('http://127.0.0.1:5678/workflow/1');
	});
});
