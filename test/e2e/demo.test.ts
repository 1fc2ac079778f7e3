import { execFile } from 'child_process';
import path from 'path';

/** The demo checks its own story against the simulator's books, and says so by its exit code. */
it('the demo tells its story to the end, and leaves by itself', async () => {
	const root = path.join(__dirname, '..', '..');
	const { code, output } = await new Promise<{ code: number | null; output: string }>((resolve) => {
		const child = execFile(
			process.execPath,
			['--import', 'tsx', 'test/demo/run.ts', '--once', '--fresh'],
			{ cwd: root, env: { ...process.env, NO_COLOR: '1' } },
			(_error, stdout, stderr) => resolve({ code: child.exitCode, output: stdout + stderr }),
		);
	});
	expect(output).toContain('Everything went as it should');
	expect(code).toBe(0);
});
