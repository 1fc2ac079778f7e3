import type { Json } from '../types';
import type { World } from '../world';

/** The stored files that a content names anywhere by their media ID: what is known of each. */
export function filesIn(world: World, content: unknown): Json {
	if (typeof content !== 'object' || content === null) return {};
	const { id } = content as Json;
	const file = typeof id === 'string' ? world.media.get(id) : undefined;
	const inside = Object.values(content).map((part) => filesIn(world, part));
	return Object.assign(
		file
			? { [file.id]: { type: file.mimeType, name: file.fileName, bytes: file.bytes.length } }
			: {},
		...inside,
	);
}
