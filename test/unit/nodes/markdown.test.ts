import type { IDataObject, INode } from 'n8n-workflow';

import { prepareMessage } from '../../../nodes/WhatsAppConversations/actions/message/content';
import { beforeUpload } from '../../../nodes/WhatsAppConversations/files/upload';
import { fillOptionsOf } from '../../../nodes/WhatsAppConversations/templates/chosen';
import { splitFormatted } from '../../../nodes/core/messages/splitFormatted';
import { readTemplate } from '../../../nodes/core/templates/readTemplate';
import { body, template } from '../templates/samples';

import { FILES } from './storedMessages';
import { itemFor } from './support';

const MARKDOWN = '## Hours\n**Open** until _9_, see [the shop](https://x.y/a_b)';
const SHOWN = '*Hours*\n*Open* until _9_, see the shop (https://x.y/a_b)';

/** An item of the node, or of the tool that n8n makes of it. */
const item = (parameters: IDataObject, isTool = false) => {
	const own = itemFor(parameters, FILES);
	const type = `n8n-nodes-whatsapp-conversations.whatsAppConversations${isTool ? 'Tool' : ''}`;
	return { ...own, getNode: (): INode => ({ ...own.getNode(), type }) };
};

const messages = async (parameters: IDataObject, isTool = false) => {
	const { uploads, build } = await prepareMessage(item(parameters, isTool));
	return build(beforeUpload(uploads));
};

describe('Convert Markdown', () => {
	it.each([
		['switched on', { convertMarkdown: true }, false, SHOWN],
		['switched off', { convertMarkdown: false }, true, MARKDOWN],
		['not set, in a node', {}, false, MARKDOWN],
		['not set, in a tool', {}, true, SHOWN],
	])('%s', async (_what, options, isTool, text) => {
		const [message] = await messages({ messageType: 'text', text: MARKDOWN, options }, isTool);
		expect(message).toMatchObject({ text: { body: text } });
	});

	it.each([
		['image', { mediaSource: 'link', link: 'https://x.y/a.png', caption: MARKDOWN }],
		['locationRequest', { body: MARKDOWN }],
		['orderStatus', { body: MARKDOWN, referenceId: 'order-7' }],
	])('holds for %s too', async (messageType, parameters) => {
		const options = { convertMarkdown: true };
		const [message] = await messages({ messageType, ...parameters, options });
		expect(JSON.stringify(message)).toContain(JSON.stringify(SHOWN).slice(1, -1));
	});

	it('makes one line of the values of a template, and leaves links alone', () => {
		const definition = template([
			body('Hi {{1}}'),
			{
				type: 'BUTTONS',
				buttons: [{ type: 'URL', text: 'Open', url: 'https://x.y/{{1}}' }],
			},
		]);
		const fill = fillOptionsOf(item({ options: { convertMarkdown: true } }));
		const { components } = readTemplate(definition, fill).fill({
			'body:1': '**Ann**\n- green\n- black',
			'button:0:1': '__a__',
		});
		expect(JSON.stringify(components({}))).toContain('"*Ann* • green • black"');
		expect(JSON.stringify(components({}))).toContain('"__a__"');
	});
});

describe('a text that is cut within a block of code', () => {
	it('shows all of it as code', () => {
		const lines = Array.from({ length: 40 }, (_, i) => `line ${i}`);
		const parts = splitFormatted(`Do this:\n\`\`\`\n${lines.join('\n')}\n\`\`\`\nDone.`, 100);
		expect(parts.length).toBeGreaterThan(3);
		for (const part of parts) {
			expect(part.length).toBeLessThanOrEqual(100);
			expect((part.split('```').length - 1) % 2).toBe(0);
		}
		expect(parts.join('\n').match(/line \d+/g)).toEqual(lines);
	});

	it('is cut as any other text where there is no code', () => {
		expect(splitFormatted('a b', 1)).toEqual(['a', 'b']);
	});
});
