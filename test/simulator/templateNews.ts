import { envelope } from './payloads';
import type { Template } from './types';
import type { World } from './world';

/** `message_template_status_update`, which only the app callback gets. */
export async function announceTemplate(
	world: World,
	template: Template,
	event: string,
	reason?: string,
): Promise<void> {
	const { id, businessAccountId, name, language, category } = template;
	const value = {
		event,
		message_template_id: Number(id),
		message_template_name: name,
		message_template_language: language,
		message_template_category: category,
		reason: event === 'DELETED' ? null : (reason ?? 'NONE'),
	};
	const payload = envelope(businessAccountId, 'message_template_status_update', value);
	await world.deliveries.track(
		world.deliveries.send(
			world.event('message_template_status_update', [id], { businessAccountId }, payload),
		),
	);
}
