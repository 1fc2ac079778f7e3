import { comesBack } from '../../../nodes/WhatsAppConversations/run/wiring';

/** A workflow with these outputs, each a list of the names of nodes. */
function contextOf(outputs: Record<string, Array<string[] | null>>): object {
	const connectionsBySourceNode = Object.fromEntries(
		Object.entries(outputs).map(([name, all]) => [
			name,
			{ main: all.map((names) => names && names.map((node) => ({ node }))) },
		]),
	);
	return { workflow: { connectionsBySourceNode } };
}

it.each([
	['by its own wire', { Ask: [['Ask'], ['After']] }, true],
	['by another node', { Ask: [['Pause']], Pause: [['Ask']] }, true],
	['by the second output of another node', { Ask: [['If']], If: [['After'], ['Ask']] }, true],
	['by another output alone', { Ask: [['After'], ['Ask']] }, false],
	['by nothing', { Ask: [null, ['After']] }, false],
	['where nothing is connected', {}, false],
	['where others turn in a circle', { Ask: [['A']], A: [['B']], B: [['A']] }, false],
])('tells whether an output comes back: %s', (_how, outputs, expected) => {
	expect(comesBack(contextOf(outputs), 'Ask', 0)).toBe(expected);
});

it('says yes where n8n does not tell', () => {
	expect(comesBack({}, 'Ask', 0)).toBe(true);
	expect(comesBack({ workflow: {} }, 'Ask', 0)).toBe(true);
});
