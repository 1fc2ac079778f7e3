import { addressFlaw, isSameTrigger, isTestAddress } from '../../../nodes/core/callback/address';

const META = 'https://graph.facebook.com';

it.each([
	'https://n8n.example.com/webhook/a/webhook',
	'https://n8n.example.com:8443/webhook/a/webhook',
	'https://203.0.113.7/webhook/a/webhook',
	'https://172.32.0.1/webhook',
	'https://100.128.0.1/webhook',
	'https://[2001:db8::1]/webhook',
	'https://local.example.com/webhook',
])('finds nothing against %s', (url) => {
	expect(addressFlaw(url, META)).toBeUndefined();
});

it.each([
	['http://n8n.example.com/webhook', 'https'],
	['https://localhost/webhook', 'network'],
	['https://n8n/webhook', 'network'],
	['https://n8n.local/webhook', 'network'],
	['https://n8n.corp/webhook', 'network'],
	['https://127.0.0.1/webhook', 'network'],
	['https://10.1.2.3/webhook', 'network'],
	['https://172.16.0.1/webhook', 'network'],
	['https://172.31.0.1/webhook', 'network'],
	['https://192.168.1.2/webhook', 'network'],
	['https://169.254.1.1/webhook', 'network'],
	['https://100.64.0.1/webhook', 'network'],
	['https://[::1]/webhook', 'network'],
	['https://[fd00::1]/webhook', 'network'],
	['https://[fe80::1]/webhook', 'network'],
	['n8n.example.com/webhook', 'no web address'],
	[`https://n8n.example.com/${'x'.repeat(200)}`, 'at most 200'],
])('says what is wrong with %s', (url, word) => {
	expect(addressFlaw(url, META)).toContain(word);
});

it('lets a test server be anywhere', () => {
	expect(
		addressFlaw('http://127.0.0.1:5678/webhook/a/webhook', 'http://127.0.0.1'),
	).toBeUndefined();
});

it('knows the addresses of one trigger, and those of tests', () => {
	const [production, test, other] = [
		'https://n8n.example.com/webhook/a/webhook',
		'https://old.example.com/webhook-test/a/webhook',
		'https://n8n.example.com/webhook/b/webhook',
	];
	expect([isSameTrigger(production, test), isSameTrigger(production, other)]).toEqual([
		true,
		false,
	]);
	expect([isTestAddress(production), isTestAddress(test)]).toEqual([false, true]);
});
