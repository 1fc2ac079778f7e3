const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');
const { installCommonGlobals } = require('jest-util');

const NODE_MODULES = /[\\/]node_modules[\\/]/;

/**
 * Runs test files in the worker's own realm, instead of a new one for each. Only so can they share
 * what runtime.js shares: an error of another realm is no `instanceof Error`. What a file leaves in
 * globals, in `process` and in its environment variables is put back behind it.
 */
class OneRealmEnvironment {
	constructor({ projectConfig }) {
		prepareRealm();
		const global = globalThis;
		this.global = global;
		this.left = [snapshotOf(global), snapshotOf(process), snapshotOf(process.env)];
		// As in a realm of Jest's.
		Error.stackTraceLimit = 100;
		this.moduleMocker = new ModuleMocker(global);
		const config = projectConfig;
		this.fakeTimers = new LegacyFakeTimers({
			config,
			global,
			moduleMocker: this.moduleMocker,
			timerConfig: { idToRef: (id) => id, refToId: (timer) => timer },
		});
		this.fakeTimersModern = new ModernFakeTimers({ config, global });
	}

	async setup() {}

	handleTestEvent({ name }) {
		// Jest takes the time of a file by the same clock.
		if (name === 'run_finish') this.useRealTimers();
	}

	useRealTimers() {
		this.fakeTimers.dispose();
		this.fakeTimersModern.dispose();
	}

	async teardown() {
		this.useRealTimers();
		for (const putBack of this.left) putBack();
		forgetOwnModules();
		this.global = null;
	}

	exportConditions() {
		return ['node', 'node-addons'];
	}

	getVmContext() {
		return this.global;
	}
}

/** What Jest's own modules look for in a realm, once for each worker. */
function prepareRealm() {
	if ('jest-symbol-do-not-touch' in globalThis) return;
	const { process } = globalThis;
	installCommonGlobals(globalThis, {});
	// It makes a copy of this for a realm of its own.
	globalThis.process = process;
}

/** Gives what puts an object's own properties back to what they are now. */
function snapshotOf(object) {
	const before = Object.getOwnPropertyDescriptors(object);
	return () => {
		for (const key of Reflect.ownKeys(object)) {
			const now = Object.getOwnPropertyDescriptor(object, key);
			if (!now.configurable) continue;
			if (!Object.hasOwn(before, key)) delete object[key];
			else if (!isSame(now, before[key])) Object.defineProperty(object, key, before[key]);
		}
		for (const key of Reflect.ownKeys(before)) {
			if (!Object.hasOwn(object, key)) Object.defineProperty(object, key, before[key]);
		}
	};
}

function isSame(one, other) {
	return one.value === other.value && one.get === other.get && one.set === other.set;
}

/** n8n's loader loads our modules by node's `require`; they are new for each file, as all of ours are. */
function forgetOwnModules() {
	for (const file of Object.keys(require.cache)) {
		if (!NODE_MODULES.test(file) && !file.startsWith(__dirname)) delete require.cache[file];
	}
}

module.exports = OneRealmEnvironment;
