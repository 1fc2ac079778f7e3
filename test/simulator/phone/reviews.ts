import type { Json, Template } from '../types';
import type { World } from '../world';

import type { Entry } from './entries';
import { changeIn, valueOf } from './posted';
import { renderTemplate } from './rendering';

/** The templates that the business has sent to Meta's review; `place` is their order. */
export function reviews(world: World): Entry[] {
	const told = new Map<number, Json>();
	for (const { payload, status, problem } of world.deliveries.log) {
		if (changeIn(payload).field !== 'message_template_status_update') continue;
		told.set(Number(valueOf(payload).message_template_id), { status, trouble: problem });
	}
	return [...world.templates.reviewed]
		.flatMap((id) => world.templates.byId.get(id) ?? [])
		.map((template, place) => entryOf(template, place, told.get(Number(template.id))));
}

/** @param told what became of the last webhook about it */
function entryOf(template: Template, place: number, told?: Json): Entry {
	const { id, name, language, category, status, rejected_reason: reason } = template;
	const content = renderTemplate(template);
	return { kind: 'review', id, place, name, language, category, status, reason, content, told };
}
