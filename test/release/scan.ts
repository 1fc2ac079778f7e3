import { spawnSync } from 'child_process';
import fs from 'fs';
import os from 'os';
import path from 'path';

import { unpack } from '../n8n/npm';
import { packPackage } from '../n8n/pack';

/**
 * Looks at the tarball as n8n's scan does before it lists a package: all that is run, and
 * package.json; an inline `eslint-disable` counts for nothing. The scan's other half, the sources,
 * is `npm run lint`. Prints what it found; ends with 1 when that was anything.
 */
function scan(): number {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'n8n-scan-'));
	try {
		unpack(packPackage(), folder);
		const eslint = path.join(path.dirname(require.resolve('eslint/package.json')), 'bin/eslint.js');
		const config = path.join(__dirname, 'scan.config.mjs');
		const args = [eslint, '--config', config, '--no-inline-config', '**/*.js', '**/*.json'];
		const { status } = spawnSync(process.execPath, args, { cwd: folder, stdio: 'inherit' });
		return status ?? 1;
	} finally {
		fs.rmSync(folder, { recursive: true, force: true });
	}
}

process.exitCode = scan();
