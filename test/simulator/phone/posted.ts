import type { Json } from '../types';

/** A webhook's first change; empty for anything else that was posted. */
export function changeIn(payload: Json): Json {
	const [entry] = listsIn(payload, 'entry');
	const [change] = entry ? listsIn(entry, 'changes') : [];
	return change ?? {};
}

/**
 * What a webhook's first change says; empty for anything else that was posted. What another responder
 * handles stands one level deeper (Meta: Standby webhooks).
 */
export function valueOf(payload: Json): Json {
	const { value } = changeIn(payload);
	if (!isObject(value)) return {};
	return isObject(value.standby) ? { ...value, ...value.standby } : value;
}

/** The objects in the lists of these names, one list after the other. */
export function listsIn(value: Json, ...names: string[]): Json[] {
	return names.flatMap((name) => {
		const list = value[name];
		return Array.isArray(list) ? list.filter(isObject) : [];
	});
}

export function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
