import { RepeatedRun } from '../../../nodes/WhatsAppConversations/run/repeatedRun';
import { describeCode } from '../../../nodes/core/transport/errorTable';

import { sentencesOf } from './sentences';

/** Promises of `docs/errors.md` that need no n8n. */
const cells = sentencesOf('docs/errors.md').map((sentence) => sentence.split(' | '));
const kinds = cells
	.filter((row) => row.length === 3 && /^[a-z]/i.test(row[0]))
	.flatMap(([kind]) => kind.split(', '));
const codes = cells
	.filter((row) => row.length === 3 && /^\d/.test(row[0]))
	.flatMap(([list, kind]) => list.split(', ').map((code) => ({ code: Number(code), kind })));

describe('frequent codes of Meta', () => {
	it.each(codes)('$code is of the kind $kind', ({ code, kind }) => {
		expect(describeCode(code).kind).toBe(kind);
	});

	it('are there', () => {
		expect(codes.length).toBeGreaterThan(15);
	});
});

it('every kind of a refusal is in the list of kinds', () => {
	const all = Array.from({ length: 140_000 }, (_, code) => describeCode(code).kind);
	const missing = [...new Set(all)].filter((kind) => !kinds.includes(kind));
	expect(kinds.length).toBeGreaterThan(15);
	expect(missing).toEqual([]);
});

describe('what came of the items of a repeated run', () => {
	let passedMs = 0;
	let sends = 0;

	beforeEach(() => {
		jest.spyOn(performance, 'now').mockImplementation(() => passedMs);
		sends = 0;
	});
	afterEach(() => jest.restoreAllMocks());

	/** One try of the run, which is over after `lasts` milliseconds. */
	async function run(mayBeRepeated: boolean, lastsMs = 0): Promise<void> {
		const repeated = new RepeatedRun('execution');
		await repeated.once(0, {}, async () => ({ json: { sends: ++sends } }));
		passedMs += lastsMs;
		repeated.end(mayBeRepeated);
	}

	it('is kept for ten minutes after its last try', async () => {
		await run(true, 3_600_000);
		passedMs += 600_000;
		await run(true);
		expect(sends).toBe(1);
		passedMs += 600_001;
		await run(true);
		expect(sends).toBe(2);
	});

	it('is kept until the run needs no further try', async () => {
		passedMs += 3_600_000;
		await run(true);
		await run(false);
		expect(sends).toBe(1);
		await run(false);
		expect(sends).toBe(2);
	});
});
