const { createRequire } = require('node:module');
const { compileFunction } = require('node:vm');

const Runtime = require('jest-runtime').default;

/** What is not ours. */
const FOREIGN = /[\\/]node_modules[\\/]/;

/**
 * What keeps the state of a test file, and so is new for each: parts of Jest itself, and axios, whose
 * defaults n8n-core changes for engine tests.
 */
const NEW_FOR_EACH =
	/[\\/]node_modules[\\/](axios|expect|@jest[\\/]expect|jest-circus|jest-snapshot)[\\/]/;

/** By file: what swc makes of it, and what V8 makes of that. */
const transformed = new Map();
const compiled = new Map();

const nodeRequire = createRequire(__filename);

/**
 * Modules of test files that share a worker's realm (environment.js). What is not ours is loaded once
 * for each worker, by node's own `require`. Our modules are new for each file as ever, but their code
 * is compiled once as long as the file says the same.
 */
class OneRealmRuntime extends Runtime {
	constructor(...options) {
		super(...options);
		const { executor, transformCache } = this;
		if (!executor?.compile || !transformCache?.scriptTransformer?.transform) {
			throw new Error('Jest is made in another way now: test/oneRealm/runtime.js');
		}
		executor.compile = (source, filename) =>
			sameAs(compiled, filename, source, () =>
				compileFunction(source, executor.injectedModuleParameters, { filename }),
			);
		const { scriptTransformer } = transformCache;
		const transform = scriptTransformer.transform.bind(scriptTransformer);
		scriptTransformer.transform = (filename, how, source) =>
			sameAs(transformed, filename, source, () => transform(filename, how, source));
	}

	requireModule(from, name, ...rest) {
		if (name && !this._resolution.isCoreModule(name)) {
			const file = this._resolution.resolveCjs(from, name);
			if (FOREIGN.test(file) && !NEW_FOR_EACH.test(file)) return nodeRequire(file);
		}
		return super.requireModule(from, name, ...rest);
	}
}

/** What was made of a file, unless it says something else by now. */
function sameAs(made, filename, source, make) {
	const known = made.get(filename);
	if (known?.source === source) return known.result;
	const result = make();
	made.set(filename, { source, result });
	return result;
}

module.exports = { __esModule: true, default: OneRealmRuntime };
