import { sumCosts, type PricePoint } from '../../../nodes/core/account/costs';

const point = (more: Partial<PricePoint>): PricePoint => ({
	category: 'UTILITY',
	pricingType: 'REGULAR',
	country: 'DE',
	businessPhone: '4930123456',
	messages: 1,
	...more,
});

it('adds up what is alike, without errors of binary fractions', () => {
	const points = [point({ cost: 0.1 }), point({ cost: 0.2 }), point({ cost: 0 })];
	expect(sumCosts(points, ['category', 'country'])).toEqual([
		{ category: 'UTILITY', country: 'DE', messages: 3, cost: 0.3, messagesWithoutCost: 0 },
	]);
});

it('does not take a cost that was not told for none', () => {
	const points = [point({ messages: 5 }), point({ messages: 2, cost: 0.4 })];
	expect(sumCosts(points, [])).toEqual([{ messages: 7, cost: 0.4, messagesWithoutCost: 5 }]);
	expect(sumCosts([point({ messages: 5 })], [])).toEqual([{ messages: 5, messagesWithoutCost: 5 }]);
});

it('gives the dearest first, and those without cost last', () => {
	const points = [
		point({ country: 'FR' }),
		point({ country: 'IN', cost: 0 }),
		point({ country: 'BR', cost: 3 }),
	];
	expect(sumCosts(points, ['country']).map(({ country }) => country)).toEqual(['BR', 'IN', 'FR']);
});

it('gives one sum where nothing is told apart, also of nothing, and none otherwise', () => {
	expect(sumCosts([], [])).toEqual([{ messages: 0, messagesWithoutCost: 0 }]);
	expect(sumCosts([], ['category'])).toEqual([]);
});
