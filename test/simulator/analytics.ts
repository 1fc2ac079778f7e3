import { invalidParameter } from './errors';
import type { Json, SentMessage } from './types';
import type { World } from './world';

const DAY = 86_400;

/** Some of the calling codes, the longest first. */
const COUNTRIES: Array<[code: string, country: string]> = [
	['49', 'DE'],
	['55', 'BR'],
	['91', 'IN'],
	['1', 'US'],
];

/**
 * What `fields=pricing_analytics.start(…).end(…)…` of an account shows (Meta: Pricing analytics): the
 * delivered messages of each day of UTC; `undefined` where it was not asked for.
 */
export function pricingAnalytics(
	world: World,
	accountId: string,
	fields: unknown,
): Json | undefined {
	const asked = /(?:^|,)pricing_analytics((?:\.\w+\([^()]*\))*)/.exec(String(fields))?.[1];
	if (asked === undefined) return undefined;
	const filter = (name: string) => new RegExp(`\\.${name}\\(([^()]*)\\)`).exec(asked)?.[1];
	const [start, end] = [Number(filter('start')), Number(filter('end'))];
	if (!start || !end || filter('granularity') !== 'DAILY') {
		throw invalidParameter('The parameters start, end and granularity are required.');
	}
	const dimensions = JSON.parse(filter('dimensions') ?? '[]') as string[];
	const points = new Map<string, Json & { volume: number; cost?: number }>();
	for (const message of world.sent) {
		const number = world.number(message.businessNumberId);
		const delivered = message.statuses.find(({ status }) => status === 'delivered');
		const at = (delivered?.at ?? 0) / 1000;
		if (number.businessAccountId !== accountId || at < start || at >= end) continue;
		const day = Math.floor(at / DAY) * DAY;
		const about = { ...aboutOf(message), PHONE: ['phone_number', number.phone] };
		const shown = Object.entries(about).filter(([name]) => dimensions.includes(name));
		const node = { start: day, end: day + DAY, ...Object.fromEntries(shown.map(([, one]) => one)) };
		const point = points.get(JSON.stringify(node)) ?? { ...node, volume: 0 };
		point.volume++;
		const rate = world.pricing.rates?.[String(message.pricing?.category)];
		if (rate !== undefined) {
			point.cost = (point.cost ?? 0) + (message.pricing?.billable ? rate : 0);
		}
		points.set(JSON.stringify(node), point);
	}
	return { data: [{ data_points: [...points.values()] }] };
}

/** `GET /{account}/template_analytics` (Meta: Template analytics). */
export function templateAnalytics(world: World, query: Json): Json {
	const ids = JSON.parse(String(query.template_ids ?? '[]')) as string[];
	const [start, end] = [Number(query.start), Number(query.end)];
	if (!start || !end || query.granularity !== 'DAILY' || ids.length === 0 || ids.length > 10) {
		throw invalidParameter('The parameters start, end, granularity and template_ids are required.');
	}
	const product = query.product_type ?? 'CLOUD_API';
	const way = product === 'CLOUD_API' ? 'messages' : 'marketing_messages';
	const points = ids.flatMap((id) => {
		const { name } = world.templates.byId.get(id) ?? {};
		const delivered = world.sent.filter(({ body, statuses, way: by }) => {
			const at = (statuses.find(({ status }) => status === 'delivered')?.at ?? 0) / 1000;
			const isIt = (body.template as Json | undefined)?.name === name && by === way;
			return isIt && at >= start && at < end;
		});
		const rate = world.pricing.rates?.[String(delivered[0]?.pricing?.category)];
		const cost =
			rate === undefined ? [] : [{ type: 'amount_spent', value: rate * delivered.length }];
		return [{ template_id: id, start, end, delivered: delivered.length, cost }];
	});
	return { data: [{ granularity: 'DAILY', product_type: product, data_points: points }] };
}

/** Each dimension with its property and value. */
function aboutOf({ to, pricing = {} }: SentMessage): Record<string, [string, string]> {
	const country = COUNTRIES.find(([code]) => to.phone?.startsWith(code))?.[1] ?? 'OTHER';
	return {
		PRICING_CATEGORY: ['pricing_category', String(pricing.category).toUpperCase()],
		PRICING_TYPE: ['pricing_type', String(pricing.type).toUpperCase()],
		COUNTRY: ['country', country],
	};
}
