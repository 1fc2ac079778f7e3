import fs from 'fs';
import path from 'path';

import { freePort, type N8nServer, startN8n, type StartOptions } from './server';
import { Service } from './services';

export interface QueueOptions extends Pick<StartOptions, 'dataDir' | 'packages' | 'env'> {
	/** How many workers there are. */
	workers: number;
	/** How many executions a worker runs at once. */
	concurrency: number;
}

/**
 * n8n in queue mode on loopback, each process with a folder and a log of its own: the main process
 * (editor, API, activation), a webhook process, which takes the deliveries, and workers, which run
 * the executions, on PostgreSQL and Redis. The processes share no memory.
 */
export class N8nQueue {
	private constructor(
		readonly main: N8nServer,
		readonly webhook: N8nServer,
		readonly workers: N8nServer[],
		private readonly services: Service[],
	) {}

	/** Resolves when all processes are ready. */
	static async start(options: QueueOptions): Promise<N8nQueue> {
		const { dataDir, workers, concurrency } = options;
		fs.mkdirSync(dataDir, { recursive: true });
		const started: Array<{ stop(): Promise<void> }> = [];
		const run = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
			const running = await starting;
			started.unshift(running);
			return running;
		};

		try {
			const postgres = await run(Service.postgres(dataDir));
			const redis = await run(Service.redis(dataDir));
			const webhookPort = await freePort();
			const env = {
				...queueEnvironment(postgres.port, redis.port, webhookPort),
				...options.env,
			};
			const start = async (name: string, command: string[], port: number) =>
				await run(
					startN8n({
						packages: options.packages,
						dataDir: path.join(dataDir, name),
						command,
						port,
						env: { ...env, QUEUE_HEALTH_CHECK_PORT: String(port) },
					}),
				);
			// The main process makes the database's tables, so the others wait for it.
			const main = await start('main', ['start'], await freePort());
			const webhook = await start('webhook', ['webhook'], webhookPort);
			const running: N8nServer[] = [];
			for (let i = 1; i <= workers; i++) {
				const command = ['worker', `--concurrency=${concurrency}`];
				running.push(await start(`worker${i}`, command, await freePort()));
			}
			return new N8nQueue(main, webhook, running, [redis, postgres]);
		} catch (error) {
			for (const one of started) await one.stop();
			throw error;
		}
	}

	/** Ends all processes on the spot: an orderly end takes n8n up to a minute, and nobody needs it. */
	async stop(): Promise<void> {
		await Promise.all(
			[...this.workers, this.webhook, this.main].map(async (one) => await one.kill()),
		);
		for (const service of this.services) await service.stop();
	}
}

/** What all processes must agree upon. */
function queueEnvironment(
	postgresPort: number,
	redisPort: number,
	webhookPort: number,
): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: 'key-of-the-test-servers',
		WEBHOOK_URL: `http://127.0.0.1:${webhookPort}/`,

		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgresPort),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'n8n',
		DB_POSTGRESDB_PASSWORD: '',

		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redisPort),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	};
}
