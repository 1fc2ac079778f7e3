// Preloaded into a test server. Once a second it collects the garbage and writes what is left, the
// bytes in use, into the file LIVE_MEMORY_FILE.
const fs = require('fs');
const v8 = require('v8');
const vm = require('vm');
const { isMainThread } = require('worker_threads');

// Not in the task runner, which inherits the environment.
if (isMainThread && process.argv.includes('start')) {
	v8.setFlagsFromString('--expose-gc');
	const collect = vm.runInNewContext('gc');
	const file = process.env.LIVE_MEMORY_FILE;
	setInterval(() => {
		collect();
		const { heapUsed, external } = process.memoryUsage();
		fs.writeFileSync(`${file}.half`, String(heapUsed + external));
		fs.renameSync(`${file}.half`, file);
	}, 1_000).unref();
}
