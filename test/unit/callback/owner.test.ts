import { ownerOf } from '../../../nodes/core/callback/owner';

const OWN = 'https://n8n.example.com/webhook/4b90/webhook';
const EDITOR = 'https://n8n.example.com/workflow/aX7';

it('says nothing of another server but how to stop what uses it', () => {
	expect(ownerOf('https://other.example/hook', OWN, () => EDITOR)).toEqual({
		who: '',
		mend: 'Unpublish (deactivate) the workflow or stop the tool that uses it',
	});
});

it('names the workflow of this n8n where it is known', () => {
	expect(ownerOf('https://n8n.example.com/webhook/77aa/webhook', OWN, () => EDITOR)).toEqual({
		who: `It belongs to a workflow of this very n8n: ${EDITOR}.`,
		mend: 'Unpublish (deactivate) that workflow',
	});
});

it('says how to find the workflow where it is not', () => {
	expect(ownerOf('https://n8n.example.com/webhook/77aa/webhook', OWN)).toEqual({
		who: 'It belongs to a workflow of this very n8n.',
		mend: "Look for the workflow whose trigger has '77aa' in its Production URL, under Webhook URLs, and unpublish (deactivate) it",
	});
});

it('tells a test in the editor', () => {
	expect(ownerOf('https://n8n.example.com/webhook-test/77aa/webhook', OWN)).toEqual({
		who: 'It is the test address of a trigger of this very n8n.',
		mend: 'End the test in the editor',
	});
});

it('takes what is no address for something of others', () => {
	expect(ownerOf('hook', OWN).who).toBe('');
	expect(ownerOf('https://n8n.example.com/webhook/7/webhook', '').who).toBe('');
});
