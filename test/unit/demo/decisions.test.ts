import { decisionsOf } from '../../demo/decisions';
import type { Execution } from '../../n8n/client';

const OURS = 'n8n-nodes-whatsapp-conversations.whatsAppConversations';

/** An execution: what each node put out, by its name, after a first node with an item. */
function executionOf(runs: Record<string, object>, first: object = {}): Execution {
	return {
		workflowData: {
			name: 'Shop',
			nodes: [
				{ name: 'First', type: 'n8n-nodes-base.webhook' },
				{ name: 'Send', type: OURS },
				{ name: 'Copy', type: 'n8n-nodes-base.set' },
			],
		},
		data: {
			resultData: {
				runData: {
					First: [{ startTime: 0, data: { main: [[{ json: first }]] } }],
					...Object.fromEntries(
						Object.entries(runs).map(([name, run]) => [
							name,
							[{ startTime: 1000, executionTime: 5, source: [{ previousNode: 'First' }], ...run }],
						]),
					),
				},
			},
		},
	} as unknown as Execution;
}

const items = (...outputs: object[][]) => ({
	data: {
		main: outputs.map((output) => output.map((json) => ({ json, pairedItem: { item: 0 } }))),
	},
});

const decision = { allowed: true, reason: 'windowOpen' };

it('finds what a send node decided, on any of its outputs', () => {
	const sent = { phone: '+15551230001', messageId: 'wamid.1', sentAs: 'freeForm', decision };
	const held = { contact: 'US.1', messageId: null, sentAs: null, decision };
	expect(decisionsOf(executionOf({ Send: items([sent], [held]) }))).toEqual([
		{ node: 'Send', at: 1005, contact: '+15551230001', ...sent, phone: undefined },
		{ node: 'Send', at: 1005, ...held },
	]);
});

it('leaves out what other nodes pass on, and what is no decision', () => {
	const runs = { Send: items([{ success: true }]), Copy: items([{ decision }]) };
	expect(decisionsOf(executionOf(runs))).toEqual([]);
});

it('finds the decision in an item that tells of a refusal', () => {
	const item = { error: 'No opt-in. [item 0]', message: 'Ask for it.', details: { decision } };
	const [decided] = decisionsOf(executionOf({ Send: items([item]) }, { body: { to: '+1555' } }));
	expect(decided).toMatchObject({ contact: '+1555', decision, error: 'No opt-in. Ask for it.' });
});

it('tells why a node stopped, and whom it was about', () => {
	const error = { message: 'The window is closed.', description: 'Send a template.' };
	expect(decisionsOf(executionOf({ Send: { error } }, { contact: '+1555' }))).toEqual([
		{ node: 'Send', at: 1005, contact: '+1555', error: 'The window is closed. Send a template.' },
	]);
});
