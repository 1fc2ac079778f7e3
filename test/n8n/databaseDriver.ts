import fs from 'fs';
import path from 'path';

/**
 * n8n's database driver, whose compiling takes minutes. It speaks Node-API, so that a build serves
 * every Node: the first installation keeps its own beside the installations, the others take it.
 */
export const DATABASE_DRIVER = 'sqlite3';

/** Where the build stands in an n8n's `node_modules`, and where it is kept for other installations. */
function placesOf(modules: string) {
	const folder = path.join(modules, DATABASE_DRIVER);
	const { version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
		version: string;
	};
	const kept = `${DATABASE_DRIVER}-${version}-${process.platform}-${process.arch}.node`;
	return {
		built: path.join(folder, 'build', 'Release', 'node_sqlite3.node'),
		kept: path.resolve(modules, '..', '..', kept),
	};
}

/** Takes the build that another installation has kept; false when there is none. */
export function takeDatabaseDriver(modules: string): boolean {
	const { built, kept } = placesOf(modules);
	if (!fs.existsSync(kept)) return false;
	fs.mkdirSync(path.dirname(built), { recursive: true });
	fs.copyFileSync(kept, built);
	return true;
}

/** Keeps this installation's build for others, whole or not at all. */
export function keepDatabaseDriver(modules: string): void {
	const { built, kept } = placesOf(modules);
	const half = `${kept}.${process.pid}`;
	fs.copyFileSync(built, half);
	fs.renameSync(half, kept);
}
