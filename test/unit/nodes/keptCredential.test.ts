import type { IDataObject } from 'n8n-workflow';

import {
	flawByCredential,
	keptCredential,
	type KeepingContext,
} from '../../../nodes/shared/keptCredential';

const TYPE = 'someApi';
const SECOND = 1_000;

let credentials = 0;

/** A node's credential. Each reading of it takes until the test ends it. */
class Scene implements KeepingContext {
	readonly readings: Array<(secret: string | Error) => void> = [];
	private readonly id = String(++credentials);

	constructor(private readonly mode = 'webhook') {}

	getMode = () => this.mode;
	getNode = () => ({ credentials: { [TYPE]: { id: this.id, name: 'Some' } } });

	async getCredentials(): Promise<IDataObject> {
		return await new Promise((resolve, reject) => {
			this.readings.push((secret) =>
				secret instanceof Error ? reject(secret) : resolve({ secret }),
			);
		});
	}

	async secret(): Promise<unknown> {
		return (await keptCredential(this, TYPE)).secret;
	}

	/** What is wrong with something that a secret signed. */
	async flawOf(signedBy: string): Promise<string | undefined> {
		return await flawByCredential(this, TYPE, ({ secret }) =>
			secret === signedBy ? undefined : 'forged',
		);
	}

	/** The secret is known from now on. */
	async know(secret: string): Promise<void> {
		const known = this.secret();
		this.readings.pop()!(secret);
		await known;
	}
}

beforeEach(() => {
	jest.useFakeTimers({ now: 1_795_176_000_000 });
});
afterEach(() => {
	jest.useRealTimers();
});

function later(seconds: number): void {
	jest.setSystemTime(Date.now() + seconds * SECOND);
}

/** Whatever waits for nothing but promises has gone on. */
async function turns(): Promise<void> {
	for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

describe('a credential', () => {
	it('is read once for all who ask at first', async () => {
		const scene = new Scene();
		const asked = [scene.secret(), scene.secret(), scene.secret()];
		expect(scene.readings).toHaveLength(1);
		scene.readings[0]('one');
		expect(await Promise.all(asked)).toEqual(['one', 'one', 'one']);
	});

	it('is not read again for ten seconds', async () => {
		const scene = new Scene();
		await scene.know('one');
		later(9);
		expect(await scene.secret()).toBe('one');
		expect(scene.readings).toHaveLength(0);
	});

	it('is read anew by one after that, while the others go by what is known', async () => {
		const scene = new Scene();
		await scene.know('one');
		later(11);
		const first = scene.secret();
		expect(await scene.secret()).toBe('one');
		expect(scene.readings).toHaveLength(1);
		scene.readings[0]('two');
		expect(await first).toBe('two');
		expect(await scene.secret()).toBe('two');
	});

	it('is waited for by all when what is known is half a minute old', async () => {
		const scene = new Scene();
		await scene.know('one');
		later(31);
		const asked = [scene.secret(), scene.secret()];
		expect(scene.readings).toHaveLength(1);
		scene.readings[0]('two');
		expect(await Promise.all(asked)).toEqual(['two', 'two']);
	});

	it('is read anew when the clock was set back', async () => {
		const scene = new Scene();
		await scene.know('one');
		later(-3_600);
		const asked = scene.secret();
		scene.readings[0]('two');
		expect(await asked).toBe('two');
	});

	it('that cannot be read is told to who reads it, and read again by the next', async () => {
		const scene = new Scene();
		const asked = scene.secret();
		scene.readings[0](new Error('The database is away'));
		await expect(asked).rejects.toThrow('The database is away');
		const again = scene.secret();
		scene.readings[1]('one');
		expect(await again).toBe('one');
	});

	it.each(['manual', 'internal'])('is read each time in the editor (mode %s)', async (mode) => {
		const scene = new Scene(mode);
		await scene.know('one');
		await scene.know('two');
		expect(scene.readings).toHaveLength(0);
	});
});

describe('what is signed', () => {
	it('fits by what is known, without a reading', async () => {
		const scene = new Scene();
		await scene.know('one');
		expect(await scene.flawOf('one')).toBeUndefined();
		expect(scene.readings).toHaveLength(0);
	});

	it('by a new secret fits at once', async () => {
		const scene = new Scene();
		await scene.know('one');
		const flaw = scene.flawOf('two');
		await turns();
		scene.readings[0]('two');
		expect(await flaw).toBeUndefined();

		const ofOld = scene.flawOf('one');
		await turns();
		scene.readings[1]('two');
		expect(await ofOld).toBe('forged');
	});

	it('by nobody costs one reading in ten seconds', async () => {
		const scene = new Scene();
		await scene.know('one');
		const forged = Array.from({ length: 20 }, async () => await scene.flawOf('guessed'));
		await turns();
		expect(scene.readings).toHaveLength(1);
		scene.readings[0]('one');
		expect(new Set(await Promise.all(forged))).toEqual(new Set(['forged']));
		expect(await scene.flawOf('guessed')).toBe('forged');
		expect(scene.readings).toHaveLength(1);

		later(9);
		expect(await scene.flawOf('guessed')).toBe('forged');
		expect(scene.readings).toHaveLength(1);
	});
});
