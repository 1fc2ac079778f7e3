import { mayFetchFrom } from '../../../nodes/core/transport/mediaHosts';

const META = 'https://graph.facebook.com/v26.0';

it.each([
	['https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1', META, true],
	['https://scontent.xx.fbcdn.net/a', META, true],
	['https://mmg.whatsapp.net/a', META, true],
	['https://graph.facebook.com:443/a', META, true],
	['http://lookaside.fbsbx.com/a', META, false],
	['https://fbsbx.com.example.org/a', META, false],
	['https://evilfbsbx.com/a', META, false],
	['https://lookaside.fbsbx.com@example.org/a', META, false],
	['https://example.org/?lookaside.fbsbx.com', META, false],
	['http://127.0.0.1:8080/file', 'http://127.0.0.1:8080', true],
	['http://127.0.0.1:8081/file', 'http://127.0.0.1:8080', false],
	['https://gateway.example.org/a', 'http://gateway.example.org', false],
	['/relative', META, false],
	['', META, false],
])('%s, with the base URL %s: %s', (address, baseUrl, expected) => {
	expect(mayFetchFrom(address, baseUrl)).toBe(expected);
});
