import { existsSync } from 'fs';

import { type Browser, chromium, type Page } from 'playwright-core';

import { Simulator } from '../simulator/simulator';
import type { Json } from '../simulator/types';

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
			for (const part of await page.locator('.top, .tabs, .people, .phone, .desk').all()) {
				const box = await part.boundingBox();
				if (!box) continue;
				if (box.y < notice.y + notice.height && box.y + box.height > notice.y) {
					covered.push((await part.getAttribute('class'))!);
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
		await page.getByRole('navigation', { name: 'Parts of the page' }).getByText('Business').click();
		const log = page.getByRole('list', { name: 'Decisions' });
		await log.getByText('Waits', { exact: true }).waitFor();
		await log.getByText(/^Until (Today|Tomorrow), /).waitFor();

		await page.getByRole('button', { name: 'Let time pass' }).click();
		await page.getByRole('alert').getByText('hour has passed').waitFor();

		told({ state: 'answered', answer: 'The red lamp', until: '' });
		await log.getByText('Goes on', { exact: true }).waitFor();
		await log.getByText('Answered: The red lamp').waitFor();
		await page.getByRole('navigation', { name: 'Parts of the page' }).getByText('Phone').click();
		await bubble.getByText('Answered: The red lamp').waitFor();
		told({ state: 'over', answer: '', until: '' });
		await bubble.getByText('No longer waited for').waitFor();
	});

	it('has targets of 44 pixels at least at 390 × 844, in each of its parts', async () => {
		sim.business = business('');
		await sim.writes({ from: ANN, text: 'Hello' });
		await send(buttons);
		await send({ type: 'text', text: { body: 'Ok' } });
		await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
		await chat().getByText('Which one?').waitFor();
		await chat().getByRole('button', { name: 'React', exact: true }).first().click();
		await chat().getByRole('button', { name: 'Quote' }).first().click();
		for (const part of ['Phone', 'Customers', 'Business']) {
			await page.getByRole('navigation', { name: 'Parts of the page' }).getByText(part).click();
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
