import { spawn } from 'child_process';
import { once } from 'events';
import path from 'path';

import { ensureN8n } from './install';
import type { N8nServer } from './server';

/**
 * Takes a server's SQLite database for itself, as a backup or a slow disk does: n8n still reads, and
 * gives each write up after a second.
 *
 * @returns gives the database back
 */
export async function lockDatabase({ dataDir }: N8nServer): Promise<() => Promise<void>> {
	const { node, n8n } = await ensureN8n();
	const holder = spawn(
		node,
		[
			path.join(__dirname, 'lock-database.js'),
			path.resolve(n8n, '..', '..', '..', 'sqlite3'),
			path.join(dataDir, '.n8n', 'database.sqlite'),
		],
		{ stdio: ['pipe', 'pipe', 'inherit'] },
	);
	const ended = once(holder, 'exit');
	const [first] = await Promise.race([once(holder.stdout, 'data'), ended]);
	if (String(first) !== 'locked\n') throw new Error('The database could not be locked.');
	return async () => {
		holder.stdin.end();
		await ended;
	};
}
