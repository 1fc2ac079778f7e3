/** What Meta reported of messages that were delivered: of one day, kind, country and number. */
export interface PricePoint {
	/** Epoch seconds. */
	start: number;
	end: number;
	/** As Meta writes it: `MARKETING`, `SERVICE` …; '' where it is not told, as with all of these. */
	category: string;
	/** `REGULAR` for what is charged, `FREE_CUSTOMER_SERVICE`, `FREE_ENTRY_POINT` … */
	pricingType: string;
	/** Of the contact, as two letters. */
	country: string;
	/** The business number, digits only. */
	businessPhone: string;
	messages: number;
	/** In the currency of the account; undefined where Meta tells none. */
	cost?: number;
}

/** By what costs are told apart. */
export const SPLITS = ['category', 'country', 'pricingType', 'businessPhone'] as const;

export type Split = (typeof SPLITS)[number];

/** Points that are alike in everything by which they are told apart. */
export interface CostSum extends Partial<Record<Split, string>> {
	messages: number;
	/** Of all points that tell one; undefined where none does. */
	cost?: number;
	/** Of which Meta told no cost: they are not in `cost`. */
	messagesWithoutCost: number;
}

/** Digits behind the point up to which sums of costs are exact. */
const EXACT = 1e6;

/**
 * Sums what Meta reported; nothing is added to it (rates are Meta's alone). The dearest come first.
 *
 * @param splits by what the sums are told apart; by nothing gives one sum, also of no points
 */
export function sumCosts(points: readonly PricePoint[], splits: readonly Split[]): CostSum[] {
	const sums = new Map<string, CostSum>();
	if (splits.length === 0) sums.set('[]', { messages: 0, messagesWithoutCost: 0 });
	for (const point of points) {
		const names = splits.map((split) => point[split]);
		const key = JSON.stringify(names);
		const sum: CostSum = sums.get(key) ?? {
			...Object.fromEntries(splits.map((split) => [split, point[split]])),
			messages: 0,
			messagesWithoutCost: 0,
		};
		sum.messages += point.messages;
		if (point.cost === undefined) sum.messagesWithoutCost += point.messages;
		else sum.cost = Math.round(((sum.cost ?? 0) + point.cost) * EXACT) / EXACT;
		sums.set(key, sum);
	}
	return [...sums.values()].sort(
		(a, b) => (b.cost ?? -1) - (a.cost ?? -1) || b.messages - a.messages,
	);
}
