import { existsSync } from 'fs';

import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

import { owner } from './client';

/** Where a system's package manager puts Chromium, unless the environment names another place. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Whether there is a browser to look at the editor with. */
export const hasChromium = existsSync(CHROMIUM);

/** n8n's editor is big, and a busy machine takes its time to show it. */
const PATIENCE_MS = 30_000;

export interface EditorOptions {
	theme?: 'light' | 'dark';
}

/** n8n's editor in a browser, seen and worked as a user does. */
export class Editor {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Opens a browser and logs in as the owner of the server at an address. */
	static async open(url: string, { theme = 'light' }: EditorOptions = {}): Promise<Editor> {
		const browser = await chromium.launch({
			executablePath: CHROMIUM,
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-background-networking',
				// Nobody outside this machine is asked for anything.
				'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
			],
		});
		try {
			const context = await browser.newContext({
				viewport: { width: 1440, height: 900 },
				colorScheme: theme,
				reducedMotion: 'reduce',
			});
			const page = await context.newPage();
			page.setDefaultTimeout(PATIENCE_MS);
			// What pops up goes by itself; a picture or a click should not depend on when.
			await page.addInitScript(hideNotifications);
			const editor = new Editor(browser, page, url);
			await editor.logIn();
			return editor;
		} catch (error) {
			await browser.close();
			throw error;
		}
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	/** An element by the ID that n8n's own tests find it by. */
	part(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}

	/** Shows a workflow, or one of its nodes. */
	async show(workflowId: string, nodeId = ''): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}${nodeId && `/${nodeId}`}`);
		if (nodeId) await this.part('node-parameters').waitFor();
		else await this.part('canvas-wrapper').waitFor();
	}

	/** Shows a new workflow with nothing in it. */
	async showNewWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.part('canvas-wrapper').waitFor();
	}

	/** Shows a credential, as one that is about to be edited. */
	async showCredential(id: string): Promise<void> {
		await this.page.goto(`${this.url}/home/credentials/${id}`);
		await this.part('credential-edit-dialog').waitFor();
	}

	/** Looks for nodes in the panel from which they are added. */
	async searchNodes(words: string): Promise<void> {
		await this.part('node-creator-plus-button').click();
		await this.part('node-creator-search-bar').fill(words);
		await this.part('node-creator-item-name').first().waitFor();
	}

	/** An entry of the panel: a node, or one of the actions of the chosen node. */
	entry(name: string): Locator {
		return this.part('node-creator-item-name').getByText(name, { exact: true });
	}

	/** Opens the actions of a node that the panel has found. Those of its trigger are before them. */
	async openActions(node: string): Promise<void> {
		await this.entry(node).first().click();
		await this.part('node-creator-category-item').filter({ hasText: 'Actions (' }).click();
	}

	/** Opens the list of choices of a parameter, and waits until they are there. */
	async openList(parameter: string): Promise<void> {
		const input = this.part(`parameter-input-${parameter}`);
		const locator = input.locator('[data-test-id="rlc-input-container"]');
		if ((await locator.count()) > 0) {
			await locator.click();
			await this.part('rlc-item').first().waitFor();
		} else {
			await input.locator('.el-select, input').first().click();
			await this.page.locator('.el-select-dropdown__item:visible').first().waitFor();
		}
	}

	/** Chooses an entry of a parameter's list by its name. */
	async choose(parameter: string, option: string): Promise<void> {
		await this.openList(parameter);
		const items = this.page.locator('.el-select-dropdown__item:visible');
		await items.getByText(option, { exact: true }).click();
	}

	/** The names of the parameters of the open node that are seen now. */
	async fields(): Promise<string[]> {
		const inputs = this.part('node-parameters').locator('[data-test-id^="parameter-input-"]');
		const ids = await inputs.evaluateAll((elements) =>
			elements.map((element) => element.getAttribute('data-test-id') ?? ''),
		);
		return ids.map((id) => id.replace('parameter-input-', ''));
	}

	/** Opens the list of what can be added, of the last collection of the open node. */
	async openOptions(): Promise<void> {
		await this.part('collection-parameter-add').last().click();
		await this.page
			.locator('[data-test-id="collection-parameter-option"]:visible')
			.first()
			.waitFor();
	}

	/** Adds an entry of the last collection of the open node, by its name. */
	async addOption(name: string): Promise<void> {
		await this.openOptions();
		await this.page
			.locator('[data-test-id="collection-parameter-option"]:visible')
			.getByText(name, { exact: true })
			.click();
	}

	/** Shows the output of the open node in one of n8n's ways. */
	async showOutputAs(mode: 'schema' | 'table' | 'json'): Promise<void> {
		await this.part('output-panel').locator(`[data-test-id="radio-button-${mode}"]`).click();
	}

	/** Runs the open node, and waits until its output panel tells the end. */
	async execute(): Promise<void> {
		await this.part('node-execute-button').click();
		await this.part('output-panel').locator('[data-test-id^="node-run-status"]').first().waitFor();
	}

	private async logIn(): Promise<void> {
		const { page } = this;
		await page.goto(`${this.url}/signin`);
		await page.fill('input[type=email]', owner.email);
		await page.fill('input[type=password]', owner.password);
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page.waitForURL(({ pathname }) => !pathname.includes('signin'));
	}
}

function hideNotifications(): void {
	document.addEventListener('DOMContentLoaded', () => {
		const style = document.createElement('style');
		style.textContent = '.el-notification { display: none !important; }';
		document.head.append(style);
	});
}
