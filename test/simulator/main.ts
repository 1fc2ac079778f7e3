import { parseArgs } from 'util';

import { Simulator } from './simulator';

const USAGE = `Starts the simulator and prints one line of JSON: its address and what to put into a credential.

  tsx test/simulator/main.ts [--port 8080] [--host 127.0.0.1] [--app-id …] [--app-secret …]
      [--access-token …] [--business-account-id …] [--number-id …] [--phone …] [--callback URL]

Each flag may also be an environment variable: --app-id is SIMULATOR_APP_ID.
A person is the customers on the page /phone.
It is driven by GET and POST under /_control; an unknown name there lists the known ones.`;

const FLAGS = [
	'port',
	'host',
	'app-id',
	'app-secret',
	'access-token',
	'business-account-id',
	'number-id',
	'phone',
	'callback',
] as const;

type Flag = (typeof FLAGS)[number];

/** The value of each flag, from the command line or the environment. */
function readFlags(): Partial<Record<Flag | 'help', string>> {
	const { values } = parseArgs({
		options: {
			help: { type: 'boolean', short: 'h' },
			...Object.fromEntries(FLAGS.map((flag) => [flag, { type: 'string' as const }])),
		},
	});
	const flags: Partial<Record<Flag | 'help', string>> = values.help ? { help: 'yes' } : {};
	for (const flag of FLAGS) {
		const variable = `SIMULATOR_${flag.toUpperCase().replace(/-/g, '_')}`;
		const value = (values as Record<string, unknown>)[flag] ?? process.env[variable];
		if (typeof value === 'string' && value) flags[flag] = value;
	}
	return flags;
}

async function main(): Promise<void> {
	const flags = readFlags();
	if (flags.help) {
		process.stdout.write(`${USAGE}\n`);
		return;
	}
	const simulator = await Simulator.start({
		...(flags.port && { port: Number(flags.port) }),
		...(flags.host && { host: flags.host }),
		...(flags['app-id'] && { appId: flags['app-id'] }),
		...(flags['app-secret'] && { appSecret: flags['app-secret'] }),
		...(flags['access-token'] && { accessToken: flags['access-token'] }),
		...(flags['business-account-id'] && { businessAccountId: flags['business-account-id'] }),
	});
	const number = simulator.addBusinessNumber({ id: flags['number-id'], phone: flags.phone });
	if (flags.callback) simulator.setCallback(flags.callback);
	const { appId, appSecret, accessToken, businessAccountId } = simulator.world.identity;
	const started = {
		url: simulator.url,
		appId,
		appSecret,
		accessToken,
		businessAccountId,
		businessNumberId: number.id,
		phone: number.phone,
	};
	process.stdout.write(`${JSON.stringify(started)}\n`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void simulator.stop().then(() => process.exit(0)));
	}
}

void main();
