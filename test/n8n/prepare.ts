import { ensureN8n } from './install';

/**
 * Installs the n8n servers of the end-to-end tests before they are needed: the newest, and those
 * whose versions are given.
 */
async function main(): Promise<void> {
	for (const version of ['', ...process.argv.slice(2)]) {
		process.env.N8N_TEST_VERSION = version;
		await ensureN8n();
	}
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
