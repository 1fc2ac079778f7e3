import { spawn } from 'child_process';
import path from 'path';

import { ensureN8n } from './install';
import type { N8nServer } from './server';

const LOCK = `
	const { DatabaseSync } = require('node:sqlite');
	const database = new DatabaseSync(process.argv[1], { timeout: 10_000 });
	database.exec('BEGIN EXCLUSIVE');
	console.log('locked');
	setTimeout(() => database.exec('COMMIT'), Number(process.argv[2]));
`;

/**
 * Has another process hold the server's SQLite database, so that n8n cannot write.
 *
 * @returns once it is locked; `over` resolves when it is free again
 */
export async function lockDatabase(
	server: N8nServer,
	ms: number,
): Promise<{ over: Promise<unknown> }> {
	const { node } = await ensureN8n({});
	const database = path.join(server.dataDir, '.n8n', 'database.sqlite');
	const child = spawn(node, ['-e', LOCK, database, String(ms)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const over = new Promise((resolve) => child.once('exit', resolve));
	await Promise.race([
		new Promise((resolve) => child.stdout.once('data', resolve)),
		over.then(() => {
			throw new Error('The database could not be locked.');
		}),
	]);
	return { over };
}
