const DAY_MS = 86_400_000;

/** `14:05` */
export function clock(ms) {
	return new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

/** `Today`, `Tomorrow`, `Yesterday`, or the date. */
export function day(ms, now) {
	const dayOf = (time) => Math.round(new Date(time).setHours(12, 0, 0, 0) / DAY_MS);
	const name = { '-1': 'Yesterday', 0: 'Today', 1: 'Tomorrow' }[dayOf(ms) - dayOf(now)];
	if (name) return name;
	return new Date(ms).toLocaleDateString([], { day: 'numeric', month: 'long' });
}

/** `Today, 14:05` */
export function moment(ms, now) {
	return `${day(ms, now)}, ${clock(ms)}`;
}

/** `23 h 59 min 12 s`: the time left, to the second. */
export function duration(ms) {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	const two = (part) => String(part).padStart(2, '0');
	return parts[0]
		? `${parts[0]} h ${two(parts[1])} min ${two(parts[2])} s`
		: `${parts[1]} min ${two(parts[2])} s`;
}

/** Bytes as people write them. */
export function size(bytes) {
	return bytes < 1000
		? `${bytes} bytes`
		: bytes < 1_000_000
			? `${Math.round(bytes / 1000)} kB`
			: `${(bytes / 1_000_000).toFixed(1)} MB`;
}
