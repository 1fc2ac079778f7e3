import fs from 'fs';
import path from 'path';

import { ClickatellApi } from '../../credentials/ClickatellApi.credentials';
import { N8nDataTableApi } from '../../credentials/N8nDataTableApi.credentials';
import { WhatsAppCloudApi } from '../../credentials/WhatsAppCloudApi.credentials';
import { WhatsAppCompatibleApi } from '../../credentials/WhatsAppCompatibleApi.credentials';
import { WhatsAppConversations } from '../../nodes/WhatsAppConversations/WhatsAppConversations.node';
import { WhatsAppConversationsTrigger } from '../../nodes/WhatsAppConversationsTrigger/WhatsAppConversationsTrigger.node';
import { exampleTemplates } from '../demo/cast';

const root = path.join(__dirname, '..', '..');
const docs = fs
	.readdirSync(path.join(root, 'docs'))
	.filter((name) => name.endsWith('.md'))
	.map((name) => `docs/${name}`);
/** For those who work on the package; the README need not name each. */
const forDevelopers = fs
	.readdirSync(path.join(root, 'docs', 'development'))
	.map((name) => `docs/development/${name}`);
const pages = ['README.md', ...docs, ...forDevelopers];

/** The page without its blocks of code. */
const textOf = (page: string): string =>
	fs.readFileSync(path.join(root, page), 'utf8').replace(/^```[\s\S]*?^```/gm, '');

/** What GitHub makes of a heading. */
const anchorOf = (heading: string): string =>
	heading
		.replace(/[*_`]/g, '')
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s-]/gu, '')
		.replace(/\s/g, '-');

const anchorsOf = (page: string): string[] =>
	[...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading));

const links = pages.flatMap((page) =>
	[...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, link]) => ({ page, link }))
		.filter(({ link }) => !/^[a-z]+:/.test(link)),
);

/** What a person reads in the editor: names of fields, operations, choices and options. */
function namesIn(value: unknown, key = ''): string[] {
	if (typeof value === 'string') return ['displayName', 'name'].includes(key) ? [value] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([inner, content]) => namesIn(content, inner));
}

const inEditor = new Set(
	[
		new WhatsAppConversations().description,
		...Object.values(new WhatsAppConversationsTrigger().nodeVersions).map(
			({ description }) => description,
		),
		new WhatsAppCloudApi(),
		new N8nDataTableApi(),
		new WhatsAppCompatibleApi(),
		new ClickatellApi(),
	].flatMap((source) => namesIn(source)),
);

const exampleNames = fs
	.readdirSync(path.join(root, 'examples'))
	.map(
		(file) =>
			(JSON.parse(fs.readFileSync(path.join(root, 'examples', file), 'utf8')) as { name: string })
				.name,
	);

/** Names of n8n and of Meta, and of what the demo and the nodes put together. */
const OF_OTHERS = new Set([
	...['Active', 'Community nodes', 'Continue', 'Continue (using error output)', 'Execute step'],
	...['Executions', 'Filter', 'On Error', 'Production URL', 'Retry On Fail', 'Wait'],
	...['Send and Wait for Response', 'with currently saved workflow', 'with original workflow'],
	...['API Setup', 'Admin', 'Development', 'Live'],
	...['WhatsApp Business account ID', 'full control', 'manage app', 'never'],
	...['HSM', 'kapso'],
	...['Document File Name', 'The editor', 'The phone', 'Closed', 'Loop'],
]);

/** Words that are only stressed. */
const STRESSED = new Set([
	...['closed', 'Closed', 'unknown', 'Unknown', 'conversation', 'Conversation'],
	...['free entry point', 'Nothing on record', 'Record'],
]);

describe('the documentation', () => {
	it('has links', () => {
		expect(links.length).toBeGreaterThan(50);
	});

	it.each(links)('$page: $link leads somewhere', ({ page, link }) => {
		const [target, anchor] = link.split('#');
		const file = target === '' ? page : path.join(path.dirname(page), target);
		expect(fs.existsSync(path.join(root, file))).toBe(true);
		if (anchor !== undefined) expect(anchorsOf(file)).toContain(anchor);
	});

	/** The page of the repository that a credential links to; its front page is the README. */
	const linked = [new WhatsAppCloudApi(), new N8nDataTableApi()].map(
		({ name, documentationUrl }) => {
			const [address, anchor] = documentationUrl.split('#');
			return { name, page: address.split('/blob/main/')[1] ?? 'README.md', anchor };
		},
	);

	it.each(linked)('$name leads to a heading of $page', ({ page, anchor }) => {
		expect(anchorsOf(page)).toContain(anchor);
	});

	it('is short at its beginning: the README is read in two minutes', () => {
		const words =
			textOf('README.md')
				.replace(/\]\([^)]+\)/g, '')
				.match(/\w[\w'’-]*/g) ?? [];
		expect(words.length).toBeLessThan(500);
	});

	const shopTemplates = [...textOf('docs/shops.md').matchAll(/^\| `(\w+)` +\|.*\| (\S.*?) +\|$/gm)]
		.map(([, name, text]) => ({ name, text }))
		.filter(({ text }) => text.includes('{{'));

	it('has the texts of templates for shops', () => {
		expect(shopTemplates.length).toBeGreaterThan(5);
	});

	it.each(shopTemplates)('gives $name to shops as the examples use it', ({ name, text }) => {
		const template = exampleTemplates.find((one) => one.name === name);
		const body = template?.components.find(({ type }) => type === 'BODY');
		expect(text).toBe(body?.text);
	});

	const pictures = fs.readdirSync(path.join(root, 'docs', 'images'));

	it.each(pictures)('shows the picture %s', (picture) => {
		expect(links.map(({ link }) => path.basename(link))).toContain(picture);
	});

	it.each(docs)('%s is linked from the README', (page) => {
		expect(links).toContainEqual({ page: 'README.md', link: page });
	});

	it.each(['README.md', ...docs])('%s names only what there is', (page) => {
		const known = (name: string) =>
			inEditor.has(name) ||
			exampleNames.includes(name) ||
			OF_OTHERS.has(name) ||
			STRESSED.has(name);
		const named = [...textOf(page).matchAll(/(?<![\w`])_([^_`\n]+)_(?!\w)/g)].flatMap(([, name]) =>
			known(name) ? [] : name.split(/ → |: |, /),
		);
		expect(named.filter((name) => !known(name))).toEqual([]);
	});
});
