// Preloaded into a test server. Its standard input is a pipe that the test process holds and never
// writes to: when that process is gone, however it ended, the pipe closes, and the server and the
// task runner it started end too.
const { isMainThread } = require('worker_threads');

if (isMainThread) {
	process.stdin.on('end', () => {
		if (process.platform === 'win32') process.exit(1);
		process.kill(-process.pid, 'SIGKILL');
	});
	process.stdin.resume();
}
