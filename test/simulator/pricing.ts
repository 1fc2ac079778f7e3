import { freeEntryPointUntil, type Ledger } from './books';
import { objectId } from './ids';
import type { Json } from './types';

/**
 * What a status says about the price, as of October 2026: per message; service messages and utility
 * templates in the window are charged; a free allowance of service messages for each business number
 * and month; `conversation` only in a free entry point.
 */
export class Pricing {
	/** What a charged message costs by category, where the account is told costs. */
	rates?: Record<string, number>;

	/** Service messages by business number and month. */
	private readonly services = new Map<string, number>();

	/** @param category of the template in lower case, or 'service' */
	price(
		ledger: Ledger,
		businessNumberId: string,
		category: string,
		freeServiceMessages: number,
		nowMs: number,
	): { pricing: Json; conversation?: Json } {
		const until = freeEntryPointUntil(ledger, nowMs);
		if (until !== undefined) {
			return {
				pricing: price(false, 'free_entry_point', 'referral_conversion'),
				conversation: {
					id: objectId(),
					expiration_timestamp: String(Math.floor(until / 1000)),
					origin: { type: 'referral_conversion' },
				},
			};
		}
		if (category !== 'service') return { pricing: price(true, 'regular', category) };
		const month = `${businessNumberId} ${new Date(nowMs).toISOString().slice(0, 7)}`;
		const count = (this.services.get(month) ?? 0) + 1;
		this.services.set(month, count);
		return {
			pricing:
				count <= freeServiceMessages
					? price(false, 'free_customer_service', category)
					: price(true, 'regular', category),
		};
	}

	clear(): void {
		this.services.clear();
	}
}

function price(billable: boolean, type: string, category: string): Json {
	return { billable, pricing_model: 'PMP', type, category };
}
