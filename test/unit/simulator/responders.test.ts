import { CUSTOMER, NUMBER, startScene, TEXT, type Scene } from './setup';

let scene: Scene;
beforeEach(async () => {
	scene = await startScene();
});
afterEach(() => scene.stop());

const fields = () =>
	scene.callback.received.flatMap(({ body }) =>
		(body.entry as Array<{ changes: Array<{ field: string }> }>).flatMap(({ changes }) =>
			changes.map(({ field }) => field),
		),
	);
const lastValue = () => scene.callback.values().slice(-1)[0];
const writes = async (text: string) => await scene.sim.writes({ from: CUSTOMER, text });

describe('a colleague with the app', () => {
	it('is told of as an echo', async () => {
		await scene.sim.colleagueWrites({ with: CUSTOMER, text: 'I look after this' });
		expect(fields()).toEqual(['smb_message_echoes']);
		expect(lastValue()).toMatchObject({
			metadata: { phone_number_id: NUMBER },
			message_echoes: [{ to: CUSTOMER, type: 'text', text: { body: 'I look after this' } }],
		});
	});
});

describe('a second responder', () => {
	it('gets what the contact writes while it has the conversation; the app gets a copy', async () => {
		await writes('Hi');
		await scene.sim.otherResponderWrites({ with: CUSTOMER, text: 'How can I help?' });
		await writes('My order');
		await scene.sim.otherResponderPasses({ with: CUSTOMER });
		await writes('Thanks');
		expect(fields()).toEqual(['messages', 'standby', 'standby', 'messaging_handovers', 'messages']);
		expect(scene.callback.values()[3]).toMatchObject({
			recipient: { phone_number_id: NUMBER },
			sender: { phone_number: CUSTOMER },
			type: 'control_passed',
		});
	});

	it('gives a conversation up without a word', async () => {
		await scene.sim.otherResponderTakes({ with: CUSTOMER });
		scene.sim.otherResponderReleases({ with: CUSTOMER });
		await writes('Hi');
		expect(fields()).toEqual(['messaging_handovers', 'messages']);
	});

	it('loses the conversation to a message of the app, which is written down', async () => {
		await writes('Hi');
		await scene.sim.otherResponderTakes({ with: CUSTOMER });
		const send = async () => await scene.send(TEXT);
		await send();
		await send();
		expect(scene.sim.sent.map(({ wasOthers }) => wasOthers)).toEqual([true, false]);
	});
});
