import { isDeeperThan } from '../../../nodes/core/events/depth';

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const isDeep = (levels: number, json: string) => isDeeperThan(levels, Buffer.from(json));

it.each<[number, string, boolean]>([
	[3, nested(3), false],
	[3, nested(4), true],
	[2, '{"a":{"b":[1]}}', true],
	[3, '{"a":{"b":[1]}}', false],
	[1, '[1],[2],[3]', false],
	[1, '["[[[[{{{{"]', false],
	[1, String.raw`["\"[[[["]`, false],
	[1, String.raw`["\\",[1]]`, true],
	[100, nested(8_000), true],
	[0, 'null', false],
])('more than %d levels: %s', (levels, json, deep) => {
	expect(isDeep(levels, json)).toBe(deep);
});
