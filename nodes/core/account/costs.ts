/** Messages that were delivered, and what Meta reported of their cost. */
interface Priced {
	messages: number;
	/** In the currency of the account; undefined where Meta tells none. */
	cost?: number;
}

/** By what the costs of all messages are told apart. */
export const SPLITS = ['category', 'country', 'pricingType', 'businessPhone'] as const;

export type Split = (typeof SPLITS)[number];

/**
 * What Meta reported of the messages of one day, kind, country and number; '' where it does not tell.
 * `category`: as Meta writes it, `MARKETING`, `SERVICE` …; `country`: of the contact, two letters;
 * `pricingType`: `REGULAR` for what is charged, `FREE_CUSTOMER_SERVICE` …; `businessPhone`: digits.
 */
export type PricePoint = Priced & Record<Split, string>;

/** What Meta reported of one template and day. */
export type TemplatePricePoint = Priced & { templateId: string };

/** Points that are alike in everything by which they are told apart. */
export type CostSum<Name extends string> = Partial<Record<Name, string>> & {
	messages: number;
	/** Of all points that tell one; undefined where none does. */
	cost?: number;
	/** Of which Meta told no cost: they are not in `cost`. */
	messagesWithoutCost: number;
};

/** Digits behind the point up to which sums of costs are exact. */
const EXACT = 1e6;

/**
 * Sums what Meta reported; nothing is added to it (rates are Meta's alone). The dearest come first.
 *
 * @param splits by what the sums are told apart; by nothing gives one sum, also of no points
 */
export function sumCosts<Name extends string>(
	points: ReadonlyArray<Priced & Record<Name, string>>,
	splits: readonly Name[],
): Array<CostSum<Name>> {
	const sums = new Map<string, CostSum<Name>>();
	const nothing = { messages: 0, messagesWithoutCost: 0 };
	if (splits.length === 0) sums.set('[]', { ...nothing } as CostSum<Name>);
	for (const point of points) {
		const key = JSON.stringify(splits.map((split) => point[split]));
		const names = Object.fromEntries(splits.map((split) => [split, point[split]]));
		const sum = sums.get(key) ?? ({ ...names, ...nothing } as CostSum<Name>);
		sum.messages += point.messages;
		if (point.cost === undefined) sum.messagesWithoutCost += point.messages;
		else sum.cost = Math.round(((sum.cost ?? 0) + point.cost) * EXACT) / EXACT;
		sums.set(key, sum);
	}
	return [...sums.values()].sort(
		(a, b) => (b.cost ?? -1) - (a.cost ?? -1) || b.messages - a.messages,
	);
}
