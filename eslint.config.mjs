// The rules of n8n's own community-node lint (what `n8n-node lint` and the pre-publication scan
// check), put together from its parts, so that linting needs no more than the lint plugins.
import js from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { globalIgnores } from 'eslint/config';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import ts from 'typescript-eslint';

const NODES = ['./nodes/WhatsAppConversations', './nodes/WhatsAppConversationsTrigger'];

const URL_CAN_PARSE = {
	object: 'URL',
	property: 'canParse',
	message: 'Use core/parseUrl, which says why.',
};

const community = n8nCommunityNodesPlugin.configs.recommended;

export default ts.config(
	globalIgnores([
		'dist',
		'**/node_modules',
		'**/*.js',
		'**/*.mjs',
		'**/*.cjs',
		'test/output',
		'.cache',
	]),
	{
		files: ['**/*.ts'],
		extends: [js.configs.recommended, ts.configs.recommended, importX.flatConfigs.recommended],
		settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
		rules: {
			'prefer-spread': 'off',
			'import-x/order': ['error', { alphabetize: { order: 'asc' }, 'newlines-between': 'always' }],
			'import-x/no-cycle': 'error',
			// As docs/development/architecture.md has it: arrows go from the nodes down to the core.
			'import-x/no-restricted-paths': [
				'error',
				{
					zones: [
						{
							target: './nodes/core',
							from: ['./nodes/shared', ...NODES, './credentials'],
							message: 'The core knows nothing of n8n.',
						},
						{
							target: './nodes/core/conversation',
							from: './nodes/core',
							except: ['./conversation'],
						},
						{
							target: ['./nodes/shared', ...NODES],
							from: './nodes/core/state/memory',
							message: 'What is known of contacts is asked of core/state/conversations.ts.',
						},
						{
							target: './nodes/shared',
							from: NODES,
							message: 'What both nodes share knows neither.',
						},
						{
							target: './nodes/WhatsAppConversationsTrigger',
							from: './nodes/WhatsAppConversations',
							message: "What both nodes need goes to 'shared'.",
						},
						{
							target: './nodes/WhatsAppConversations',
							from: './nodes/WhatsAppConversationsTrigger',
							message: "What both nodes need goes to 'shared'.",
						},
						{ target: './test/simulator', from: './nodes', message: 'It shares no rule with us.' },
					],
				},
			],
		},
	},
	{
		files: ['{nodes,credentials}/**/*.ts'],
		// These gather all of a kind.
		ignores: ['nodes/core/templates/elements.ts', '**/content/index.ts'],
		rules: { 'import-x/max-dependencies': ['error', { max: 12, ignoreTypeImports: true }] },
	},
	{
		files: ['{nodes,credentials}/**/*.ts'],
		languageOptions: { parserOptions: { projectService: true } },
		rules: { '@typescript-eslint/no-floating-promises': 'error' },
	},
	{
		files: ['{nodes,credentials}/**/*.ts'],
		extends: [community],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		// An inline `eslint-disable` counts for nothing, as in the scan.
		linterOptions: { noInlineConfig: true },
		rules: {
			'no-console': 'error',
			'no-restricted-properties': ['error', URL_CAN_PARSE],
		},
	},
	{
		files: ['nodes/{shared,WhatsAppConversations,WhatsAppConversationsTrigger}/**/*.ts'],
		rules: {
			'no-restricted-properties': [
				'error',
				URL_CAN_PARSE,
				{ property: 'replica', message: 'Ask core/state/conversations.ts.' },
			],
		},
	},
	{
		files: ['package.json'],
		extends: [community],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: n8nNodesBase.configs.community.rules,
		languageOptions: { parser: ts.parser, parserOptions: { extraFileExtensions: ['.json'] } },
	},
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
);
