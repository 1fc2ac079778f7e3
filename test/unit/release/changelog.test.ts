import { obstaclesTo } from '../../release/changelog';

const changelog = (unreleased: string, title = '0.2.0 – 2026-11-29') =>
	`# Changelog\n\n## Unreleased\n${unreleased}\n## ${title}\n\n- Better.\n\n## 0.1.0 – 2026-11-20\n`;

const obstacles = (text: string, tag = 'v0.2.0', version = '0.2.0') =>
	obstaclesTo(tag, version, text, '2026-11-29');

describe('obstaclesTo', () => {
	it('lets a version go whose changes are told', () => {
		expect(obstacles(changelog('\n'))).toEqual([]);
	});

	it.each<[string, string[], RegExp]>([
		['of another version', obstacles(changelog('\n'), 'v0.3.0'), /'v0\.3\.0'.*0\.2\.0/],
		['without a v', obstacles(changelog('\n'), '0.2.0'), /The tag is '0\.2\.0'/],
		['without a tag', obstacles(changelog('\n'), ''), /The tag is ''/],
		['with changes left', obstacles(changelog('\n- New.\n')), /move them to 0\.2\.0/],
		[
			'without its section',
			obstacles(changelog('', '0.1.9 – 2026-11-28')),
			/'0\.2\.0 – 2026-11-29'/,
		],
		['without a date', obstacles(changelog('', '0.2.0')), /'0\.2\.0 – 2026-11-29'/],
		['without a place for the next', obstacles('## 0.2.0 – 2026-11-29\n'), /'Unreleased'/],
	])('holds back a release %s', (_what, found, said) => {
		expect(found).toEqual([expect.stringMatching(said)]);
	});
});
