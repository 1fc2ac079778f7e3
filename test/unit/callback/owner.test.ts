import { ownerOf } from '../../../nodes/core/callback/owner';

const OWN = 'https://n8n.example.com/webhook/4b90/webhook';
const SUPPORT = { name: 'Support', url: 'https://n8n.example.com/workflow/aX7' };

it('says nothing of another server but how to stop what uses it', () => {
	expect(ownerOf('https://other.example/hook', OWN, () => SUPPORT)).toEqual({
		who: '',
		mend: 'Unpublish (deactivate) the workflow or stop the tool that uses it',
	});
});

it('names the workflow of this n8n where it is known', () => {
	const hook = 'https://n8n.example.com/webhook/77aa/webhook';
	expect(ownerOf(hook, OWN, () => SUPPORT)).toEqual({
		who: `the workflow 'Support' of this n8n (${SUPPORT.url})`,
		mend: 'Unpublish (deactivate) that workflow',
	});
	const { who } = ownerOf(hook, OWN, () => ({ ...SUPPORT, name: '' }));
	expect(who).toBe(`another workflow of this n8n (${SUPPORT.url})`);
});

it('says how to find the workflow where it is not', () => {
	expect(ownerOf('https://n8n.example.com/webhook/77aa/webhook', OWN)).toEqual({
		who: 'another workflow of this n8n',
		mend: "Unpublish (deactivate) the workflow whose trigger has '77aa' in its Production URL, under Webhook URLs",
	});
});

it('tells a test in the editor', () => {
	expect(ownerOf('https://n8n.example.com/webhook-test/77aa/webhook', OWN)).toEqual({
		who: "a test in this n8n's editor",
		mend: 'End that test',
	});
});

it('takes what is no address for something of others', () => {
	expect(ownerOf('hook', OWN).who).toBe('');
	expect(ownerOf('https://n8n.example.com/webhook/7/webhook', '').who).toBe('');
});
