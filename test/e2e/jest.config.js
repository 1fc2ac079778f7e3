/**
 * End-to-end tests: real n8n servers, one for each test file, one file after the other. Where an n8n
 * is chosen, the compact ones of what is promised on each.
 */
const folder = process.env.N8N_TEST_VERSION ? 'e2e/compact' : 'e2e';

module.exports = {
	rootDir: '../..',
	displayName: 'e2e',
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${folder}/*.test.ts`],
	transform: {
		'^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2021', parser: { syntax: 'typescript' } } }],
	},
	modulePathIgnorePatterns: [
		'<rootDir>/dist/package.json',
		'<rootDir>/test/output',
		'<rootDir>/.cache',
	],
	// A server's cold start takes about ten seconds, several times that on a busy machine.
	testTimeout: 180_000,
	maxWorkers: 1,
};
