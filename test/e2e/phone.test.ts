import { existsSync } from 'fs';

import { type Browser, chromium, type Page } from 'playwright-core';

import { Simulator } from '../simulator/simulator';

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
});
