const { rm } = require('node:fs/promises');

const { dest, src } = require('gulp');

/** Removes what an earlier build left. */
exports.clean = async () => await rm('dist', { recursive: true, force: true });

/** Copies what the compiler leaves out: icons, codex files and output schemas. */
exports.copy = () =>
	src(['nodes/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		encoding: false,
	}).pipe(dest('dist/nodes'));
