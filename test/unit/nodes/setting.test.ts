import type { INode, INodeParameters } from 'n8n-workflow';

import { settingPath, storedSetting } from '../../../nodes/shared/setting';

const nodeWith = (parameters: INodeParameters) => ({ parameters }) as INode;

describe('a setting of a node', () => {
	it.each<[string, INodeParameters, string, unknown]>([
		['under its options', { options: { level: 'app' } }, 'options.level', 'app'],
		['beside its options', { level: 'app', options: {} }, 'level', 'app'],
		['in a node without options', { level: 'app' }, 'level', 'app'],
		['nowhere', { options: {} }, 'level', undefined],
		['switched off', { options: { level: false } }, 'options.level', false],
	])('%s', (_where, parameters, path, value) => {
		const node = nodeWith(parameters);
		expect(settingPath(node, 'level')).toBe(path);
		expect(storedSetting(node, 'level')).toBe(value);
	});
});
