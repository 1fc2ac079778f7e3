import fs from 'fs';
import path from 'path';

import { obstaclesTo } from './changelog';

/** Tells what keeps the version of package.json from being released under a tag; ends with 1 then. */
function check([tag = '']: string[]): number {
	const read = (file: string) => fs.readFileSync(path.join(__dirname, '..', '..', file), 'utf8');
	const { version } = JSON.parse(read('package.json')) as { version: string };
	const today = new Date().toISOString().slice(0, 10);
	const obstacles = obstaclesTo(tag, version, read('CHANGELOG.md'), today);
	for (const obstacle of obstacles) console.error(obstacle);
	if (obstacles.length === 0) console.log(`Version ${version} can be released.`);
	return obstacles.length === 0 ? 0 : 1;
}

process.exitCode = check(process.argv.slice(2));
