import fs from 'fs';
import path from 'path';

import { NodeHelpers, type INode, type INodeTypeDescription } from 'n8n-workflow';

import { WhatsAppConversations } from '../../nodes/WhatsAppConversations/WhatsAppConversations.node';
import { WhatsAppConversationsTrigger } from '../../nodes/WhatsAppConversationsTrigger/WhatsAppConversationsTrigger.node';
import type { TemplateDefinition } from '../../nodes/core/templates/definition';
import { exampleTemplates } from '../demo/cast';

import { fieldsOf } from './templates/readings';

interface Mapper {
	value: Record<string, unknown>;
	schema: Array<{ id: string; displayName: string; required: boolean }>;
}

const folder = path.join(__dirname, '..', '..', 'examples');
const files = fs.readdirSync(folder).filter((name) => name.endsWith('.json'));

/** The nodes of an example, as they are imported. */
const nodesOf = (file: string): INode[] =>
	(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as { nodes: INode[] }).nodes;

/** Every template that a node of an example chooses, with the fields that were filled. */
const chosen = files.flatMap((file) => {
	const nodes = nodesOf(file);
	return nodes.flatMap(({ name, parameters }) =>
		['template', 'fallbackTemplate'].flatMap((parameter) => {
			const locator = parameters[parameter] as { value: string } | undefined;
			const mapper = parameters[`${parameter}Fields`] as unknown as Mapper | undefined;
			return locator && mapper ? [{ file, name, key: locator.value, mapper }] : [];
		}),
	);
});

/** What is there to be read. */
const WHOLE_TEXT = { id: 'text', displayName: 'Whole Text: Click to Read', required: false };

const PACKAGE = 'n8n-nodes-whatsapp-conversations.';

const triggers = new WhatsAppConversationsTrigger();
const actions = new WhatsAppConversations().description;

/** What n8n adds to a node that serves as a tool of an agent. */
const OF_TOOLS = ['descriptionType', 'toolDescription'];

const ours = files.flatMap((file) =>
	nodesOf(file)
		.filter(({ type }) => type.startsWith(PACKAGE))
		.map((node) => ({ file, name: node.name, node })),
);

const descriptionOf = ({ type, typeVersion }: INode): INodeTypeDescription =>
	type.endsWith('Trigger') ? triggers.getNodeType(typeVersion).description : actions;

describe('the example workflows', () => {
	it('use templates', () => {
		expect(chosen.length).toBeGreaterThan(1);
	});

	// Otherwise the editor shows a warning beside every field.
	it.each(chosen)('$file: $name asks for the fields of $key', ({ key, mapper }) => {
		const definition = exampleTemplates.find(
			({ name, language }) => `${name}|${language}` === key,
		) as unknown as TemplateDefinition;
		expect(
			mapper.schema.map(({ id, displayName, required }) => ({ id, displayName, required })),
		).toEqual([
			...(fieldsOf(definition).length > 0 ? [WHOLE_TEXT] : []),
			...fieldsOf(definition).map(({ id, label, title = label, required }) => ({
				id,
				displayName: title,
				required,
			})),
		]);
	});

	it.each(ours)('$file: $name is complete but for the business number', ({ node }) => {
		const { properties } = descriptionOf(node);
		const businessNumber = { __rl: true, mode: 'list', value: '106540352242922' };
		const parameters = {
			...node.parameters,
			...('businessNumber' in node.parameters && { businessNumber }),
		} as INode['parameters'];
		const filled = NodeHelpers.getNodeParameters(
			properties,
			parameters,
			true,
			false,
			node,
			descriptionOf(node),
		);
		const complete = { ...node, parameters: filled as INode['parameters'] };
		expect(
			NodeHelpers.getNodeParametersIssues(properties, complete, descriptionOf(node)),
		).toBeNull();
	});

	// What is not shown with these choices would be dropped when the node is opened.
	it.each(ours)('$file: $name has only parameters that are shown', ({ node }) => {
		const { properties } = descriptionOf(node);
		const own = Object.keys(node.parameters).filter((name) => !OF_TOOLS.includes(name));
		const shown = NodeHelpers.getNodeParameters(
			properties,
			node.parameters,
			true,
			false,
			node,
			descriptionOf(node),
		);
		expect(Object.keys(shown ?? {})).toEqual(expect.arrayContaining(own));
	});

	it.each(ours)('$file: $name has only options that there are', ({ node }) => {
		const { resource, operation } = node.parameters;
		const options = descriptionOf(node)
			.properties.filter(
				({ name, displayOptions: { show } = {} }) =>
					name === 'options' &&
					(!resource ||
						(show?.resource?.includes(String(resource)) &&
							show.operation?.includes(String(operation)))),
			)
			.flatMap(({ options: entries = [] }) => entries.map(({ name }) => name));
		expect(options).toEqual(expect.arrayContaining(Object.keys(node.parameters.options ?? {})));
	});

	it.each(files)('%s says what it is for, in a note', (file) => {
		expect(nodesOf(file).some(({ type }) => type === 'n8n-nodes-base.stickyNote')).toBe(true);
	});
});
