const { rm } = require('node:fs/promises');

const { dest, series, src } = require('gulp');

/** Removes what an earlier build left. */
exports.clean = async () => await rm('dist', { recursive: true, force: true });

/** The editor looks for the schemas of a node's own version alone, most of which are the first one's. */
const copySchemas = () =>
	src('nodes/WhatsAppConversations/__schema__/v1.0.0/**/*.json').pipe(
		dest('dist/nodes/WhatsAppConversations/__schema__/v1.1.0'),
	);

const copyFiles = () =>
	src(['nodes/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		encoding: false,
	}).pipe(dest('dist/nodes'));

/** Copies what the compiler leaves out: icons, codex files and output schemas. */
exports.copy = series(copySchemas, copyFiles);
