const os = require('os');
const path = require('path');

const common = {
	rootDir: path.resolve(__dirname, '..'),
	// One realm for all files of a worker: in one of its own, each would load all of n8n anew.
	testEnvironment: '<rootDir>/test/oneRealm/environment.js',
	runtime: '<rootDir>/test/oneRealm/runtime.js',
	transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2021', parser: { syntax: 'typescript' } } }] },
	modulePathIgnorePatterns: ['<rootDir>/test/n8n/node_modules', '<rootDir>/test/output', '<rootDir>/.cache'],
};

/** Unit tests run the sources; engine tests run the built package in n8n's own engine. */
module.exports = {
	// For slow machines; none of the tests waits for time to pass.
	testTimeout: 60_000,
	// More than there are cores: engine tests wait for requests, and now and then for a second.
	maxWorkers: Math.ceil(1.5 * os.availableParallelism()),
	projects: [
		{ ...common, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.ts'] },
		{
			...common,
			displayName: 'engine',
			testMatch: ['<rootDir>/test/engine/**/*.test.ts'],
			setupFiles: ['<rootDir>/test/engine/environment.js'],
		},
	],
};
