import { Editor, hasChromium } from '../n8n/editor';

import { startTestServer, type TestServer } from './harness';

const NODE = 'WhatsApp Conversations';

// In CI a missing browser is a fault; elsewhere not everybody has one.
const describeWithBrowser = hasChromium || process.env.CI ? describe : describe.skip;

if (!hasChromium) console.warn('There is no Chromium here (set CHROMIUM to its path).');

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
	});
});
