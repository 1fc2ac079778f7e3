import type { Locator } from 'playwright-core';

import { Editor, hasChromium } from '../n8n/editor';

import { startTestServer, type TestServer } from './harness';

const NODE = 'WhatsApp Conversations';

// In CI a missing browser is a fault; elsewhere not everybody has one.
const describeWithBrowser = hasChromium || process.env.CI ? describe : describe.skip;

if (!hasChromium) console.warn('There is no Chromium here (set CHROMIUM to its path).');

/** Where a panel asks for a credential, of which none is stored; n8n leaves 'API' out of the name. */
function credentialIn(panel: Locator, name: string): Locator {
	return panel.getByText(`Connect to ${name}`);
}

describeWithBrowser('the editor', () => {
	let started: TestServer;
	let editor: Editor;

	beforeAll(async () => {
		started = await startTestServer('editor');
		editor = await Editor.open(started.server.url);
	});

	afterAll(async () => {
		await editor?.close();
		await started?.server.stop();
	});

	it('adds the node by one of its actions from the panel, and shows the fields of it', async () => {
		await editor.showNewWorkflow();
		await editor.searchNodes(NODE);
		await editor.openActions(NODE);
		await editor.entry('Send template').click();
		await editor.part('node-parameters').waitFor();
		const shown = await editor.fields();
		expect(shown).toEqual(
			expect.arrayContaining(['resource', 'operation', 'businessNumber', 'to', 'template']),
		);
		expect(shown).not.toContain('messageType');
	});

	it('shows other fields when another operation is chosen', async () => {
		await editor.choose('operation', 'React');
		await editor.part('parameter-input-emoji').waitFor();
		const shown = await editor.fields();
		expect(shown).toEqual(expect.arrayContaining(['to', 'messageId', 'emoji']));
		expect(shown).not.toContain('template');
		const topOf = async (testId: string) =>
			(await editor.part(testId).last().boundingBox())?.y ?? Infinity;
		expect(await topOf('parameter-input-stateStore')).toBeLessThan(
			await topOf('collection-parameter-add'),
		);
	});

	describe('the trigger', () => {
		const panel = () => editor.part('node-parameters');
		const credential = (name: string) => credentialIn(panel(), name);

		/** The names of the fields, without those of the node's settings. */
		const ownFields = async () => {
			const shown = await editor.fields();
			return shown.slice(0, shown.indexOf('alwaysOutputData'));
		};

		it('asks a newcomer for the number and the events alone', async () => {
			await editor.showNewWorkflow();
			await editor.searchNodes(`${NODE} Trigger`);
			await editor.entry(NODE).first().click();
			await editor.entry('On message received').click();
			await editor.part('node-parameters').waitFor();
			expect(await ownFields()).toEqual(['businessNumber', 'events']);
			await panel().getByText('If nothing arrives').waitFor();
			await credential('WhatsApp Cloud').first().waitFor();
		});

		it('takes another credential with another way to WhatsApp, which is an option', async () => {
			await editor.addOption('Connect Through');
			await editor.choose('provider', 'Clickatell');
			await credential('Clickatell One').first().waitFor();
			expect(await credential('WhatsApp Cloud').count()).toBe(0);
			await panel().getByText('into the Clickatell portal').waitFor();
			expect(await panel().getByText('If nothing arrives').count()).toBe(0);
			await editor.choose('provider', 'Meta Cloud API');
			await credential('WhatsApp Cloud').first().waitFor();
		});

		it('asks for the table and its credential where the state is to be kept in one', async () => {
			await editor.addOption('Conversation State');
			await editor.choose('stateStore', 'n8n Data Table');
			await panel().getByText("add the option 'State Table'").waitFor();
			await editor.addOption('State Table');
			await editor.part('parameter-input-stateTable').waitFor();
			await credential('n8n Data Table').first().waitFor();
		});

		it('asks for what is pasted at Meta where it does not register by itself', async () => {
			await editor.addOption('Register With Meta Automatically');
			await editor.part('parameter-input-registerAutomatically').locator('.el-switch').click();
			await panel().getByText("Add the option 'Verify Token'").waitFor();
			await editor.addOption('Verify Token');
			await editor.part('parameter-input-verifyWord').waitFor();
		});
	});

	it('needs nothing but a credential to create the state table', async () => {
		await editor.showNewWorkflow();
		await editor.searchNodes(NODE);
		await editor.openActions(NODE);
		await editor.entry('Get conversation').click();
		await editor.part('node-parameters').waitFor();
		await editor.choose('operation', 'Create State Table');
		await editor.part('parameter-input-tableName').waitFor();
		expect(await editor.fields()).not.toContain('stateStore');
		await credentialIn(editor.part('node-parameters'), 'n8n Data Table').first().waitFor();
	});
});
