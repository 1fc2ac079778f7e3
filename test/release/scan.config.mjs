// The rules of n8n's scan of community packages (`@n8n/scan-community-package`) for a tarball.
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import ts from 'typescript-eslint';

export default ts.config(
	n8nCommunityNodesPlugin.configs.recommended,
	{ rules: { 'no-console': 'error' } },
	{
		files: ['package.json'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: n8nNodesBase.configs.community.rules,
	},
	{ files: ['**/*.json'], languageOptions: { parser: ts.parser } },
);
