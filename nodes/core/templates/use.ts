/** Taps on one button of a template. */
export interface ButtonClicks {
	/** What stands on it. */
	button: string;
	/** Meta's word, such as `quick_reply_button` or `unique_url_button`. */
	type: string;
	clicks: number;
}

/** What became of the messages of a template; undefined for what Meta does not tell. */
export interface TemplateUse {
	sent?: number;
	delivered?: number;
	read?: number;
	clicks: ButtonClicks[];
}

/**
 * Sums what Meta reported of single days. What it never told stays undefined: that is not the same as
 * 0. Clicks of people who are counted once (`unique_…`) are counted once a day.
 */
export function sumUse(points: TemplateUse[]): TemplateUse {
	const clicks = new Map<string, ButtonClicks>();
	for (const click of points.flatMap((point) => point.clicks)) {
		const key = JSON.stringify([click.button, click.type]);
		clicks.set(key, { ...click, clicks: click.clicks + (clicks.get(key)?.clicks ?? 0) });
	}
	const sum = (name: 'sent' | 'delivered' | 'read') => {
		const told = points.flatMap((point) => point[name] ?? []);
		return told.length === 0 ? undefined : told.reduce((total, one) => total + one, 0);
	};
	return {
		sent: sum('sent'),
		delivered: sum('delivered'),
		read: sum('read'),
		clicks: [...clicks.values()].sort((a, b) => b.clicks - a.clicks),
	};
}
