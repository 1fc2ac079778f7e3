import { existsSync, readFileSync } from 'fs';
import { join, resolve } from 'path';

const candidate = resolve(__dirname, '..', '..', 'shared', 'fixtures');

/** Folder of Meta's published examples, beside the repository; `undefined` where it is absent. */
const fixturesDir: string | undefined = existsSync(candidate) ? candidate : undefined;

/** The content of a JSON file in {@link fixturesDir}, by its path below it. */
export function readFixture<T = unknown>(...path: string[]): T {
	if (fixturesDir === undefined) throw new Error('There are no fixtures to read.');
	return JSON.parse(readFileSync(join(fixturesDir, ...path), 'utf8')) as T;
}

/**
 * A `describe` for tests that need the fixtures. Where they are absent it has a single test, whose
 * name says that they were skipped.
 */
export function describeWithFixtures(name: string, fn: (dir: string) => void): void {
	const dir = fixturesDir;
	describe(name, () => {
		if (dir !== undefined) fn(dir);
		else it('is skipped: the fixtures are not beside the repository', () => undefined);
	});
}
