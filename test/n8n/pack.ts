import fs from 'fs';
import path from 'path';

import { npm, outputDir } from './npm';
import { chosenN8n } from './versions';

const root = path.join(__dirname, '..', '..');

/** Packs this package as it would be published, built first when it is not, and returns the tarball. */
export function packPackage(): string {
	if (!fs.existsSync(path.join(root, 'dist', 'nodes'))) npm(['run', 'build'], { cwd: root });
	return packFolder(root);
}

/** Packs the package in a folder and returns the tarball's path. */
export function packFolder(folder: string): string {
	// Tests on two versions of n8n may run side by side.
	const destination = path.join(outputDir, 'packed', chosenN8n().version);
	fs.mkdirSync(destination, { recursive: true });
	// It is built already, and somebody may be running what is there.
	const args = ['pack', folder, '--silent', '--ignore-scripts', '--pack-destination', destination];
	const fileName = npm(args, { cwd: root }).trim().split('\n').at(-1)!;
	return path.join(destination, fileName);
}
