import { findTemplate } from '../../../nodes/WhatsAppConversations/templates/definitions';
import type { TemplateDefinition } from '../../../nodes/core/templates/definition';
import type { TemplateQuery, Transport } from '../../../nodes/core/transport/transport';
import { body, template } from '../templates/samples';

/** A provider whose filter finds every name that contains the one asked for, two on a page. */
function accountWith(all: TemplateDefinition[], ignoresCursor = false): Transport {
	const listTemplates = async ({ name = '', after }: TemplateQuery = {}) => {
		const found = all.filter((one) => one.name.includes(name));
		const start = ignoresCursor ? 0 : Number(after ?? 0);
		const next = start + 2;
		return {
			entries: found.slice(start, next),
			...(next < found.length && { next: String(next) }),
		};
	};
	const templateScope = String(accounts++);
	return { templateScope, listTemplates } as unknown as Transport;
}
let accounts = 0;

const named = (name: string, language = 'en_US') => template([body('Hi')], { name, language });

it('finds the very name among names that contain it, on a later page', async () => {
	const others = ['reorder_a', 'order_b', 'order_c'].map((name) => named(name));
	const api = accountWith([...others, named('order'), named('order', 'de')]);
	expect(await findTemplate(api, { name: 'order', language: 'de' }, 0)).toMatchObject({
		name: 'order',
		language: 'de',
	});
	await expect(findTemplate(api, { name: 'order' }, 0)).rejects.toThrow(/several languages/);
	await expect(findTemplate(api, { name: 'rder', language: 'de' }, 0)).rejects.toThrow(
		"'Template' names 'rder', which the business account does not have.",
	);
});

it('does not turn the pages for ever', async () => {
	const api = accountWith([named('order'), named('order_b'), named('order_c')], true);
	expect(await findTemplate(api, { name: 'order' }, 0).catch(String)).toBeDefined();
});
