import fs from 'fs';

import { chromium } from 'playwright-core';

import { shop } from '../demo/cast';
import { Screen } from '../demo/screen';
import { Stage } from '../demo/stage';
import { CHROMIUM } from '../n8n/editor';

const BEN = { phone: '15552345678', name: 'Ben' };

/** What is known of a contact is asked anew within this time. */
const PATIENCE_MS = 60_000;

/**
 * The page of the phone beside what n8n decided, with the demo's workflows in a real n8n: a question
 * that is 25 hours old, the template in place of the answer, the tap, and the answer.
 */
export async function takePhone(file: string): Promise<void> {
	const stage = await Stage.set(new Screen(), { fresh: true });
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
	try {
		const { simulator } = stage;
		const page = await browser.newPage({ viewport: { width: 1240, height: 880 } });
		await simulator.writes({
			from: BEN,
			text: 'Do you have the blue lamp?',
			agoSeconds: 25 * 3_600,
		});
		await page.goto(simulator.phoneUrl);
		const chat = page.getByRole('list', { name: 'Messages' });
		await chat.getByRole('button', { name: 'Go on' }).click({ timeout: PATIENCE_MS });
		await chat.getByText('A colleague will answer').waitFor({ timeout: PATIENCE_MS });
		const log = page.getByRole('list', { name: 'Decisions' });
		for (const outcome of ['Template instead', 'Free-form']) {
			await log.getByText(outcome, { exact: true }).waitFor({ timeout: PATIENCE_MS });
		}
		await page.locator('.window.is-open').waitFor({ timeout: PATIENCE_MS });
		const { open } = simulator.windowOf(shop.id, { phone: BEN.phone });
		if (!open) throw new Error("By WhatsApp's books Ben's window is closed.");
		const [phone, desk] = await Promise.all(
			['.phone', '.desk'].map(async (part) => await page.locator(part).boundingBox()),
		);
		if (!phone || !desk) throw new Error('The page lacks the phone or the desk.');
		const { x, y, height } = phone;
		const clip = { x: x - 12, y: y - 12, width: desk.x + desk.width - x + 24, height: height + 24 };
		fs.writeFileSync(file, await page.screenshot({ clip }));
	} finally {
		await browser.close();
		await stage.strike();
	}
}
