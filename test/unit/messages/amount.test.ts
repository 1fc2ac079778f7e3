import fc from 'fast-check';

import { optionalAmount, readable, requiredAmount } from '../../../nodes/core/input/amount';

import { refusal } from './refusal';

const INR = { currency: 'INR' } as const;
const BRL = { currency: 'BRL' } as const;

describe('an amount', () => {
	it.each<[unknown, number]>([
		['1,299.50', 129950],
		['1299.50', 129950],
		['1299.5', 129950],
		[1299.5, 129950],
		['1299', 129900],
		[1299, 129900],
		['1,299', 129900],
		['1,00,000', 10000000],
		['12,34,567.89', 123456789],
		['1,234,567.89', 123456789],
		['₹ 1,299.50', 129950],
		['₹1299', 129900],
		['Rs. 500/-', 50000],
		['Rs 500', 50000],
		['INR 12.34', 1234],
		['12.34 INR', 1234],
		['1299.5000', 129950],
		['1,299.500', 129950],
		['0.05', 5],
		['.5', 50],
		['0', 0],
		['१२.३४', 1234],
		[0.1 + 0.2, 30],
		[433.17 * 3, 129951],
		[19.99, 1999],
		[1.005 * 100, 10050],
	])('in rupees: %j is %d paise', (value, amount) => {
		expect(optionalAmount('Price', value, INR)).toBe(amount);
	});

	it.each<[unknown, number]>([
		['1.299,50', 129950],
		['1,299.50', 129950],
		['1299,50', 129950],
		['1299,5', 129950],
		['1299.50', 129950],
		['1.234.567,89', 123456789],
		['1.234.567', 123456700],
		['R$ 1.299,50', 129950],
		['R$12', 1200],
		['BRL 12,34', 1234],
		[12.34, 1234],
	])('in reais: %j is %d centavos', (value, amount) => {
		expect(optionalAmount('Price', value, BRL)).toBe(amount);
	});

	it.each<[unknown, { currency: 'INR' | 'BRL' }, RegExp]>([
		['1.299', INR, /'1.299', which may be read in two ways/],
		['1.299', BRL, /may be read in two ways/],
		['1,299', BRL, /may be read in two ways/],
		['12.3456', INR, /no amount in INR/],
		['1299,5', INR, /no amount in INR/],
		['1,29,9', INR, /no amount in INR/],
		['1.299.5', BRL, /no amount in BRL/],
		['1,299.50,00', INR, /no amount/],
		['1.299,50.0', BRL, /no amount/],
		['$ 12', INR, /no amount in INR/],
		['€ 12', BRL, /no amount in BRL/],
		['R$ 12', INR, /no amount in INR/],
		['₹ 12', BRL, /no amount in BRL/],
		['1 299', INR, /no amount/],
		['1e3', INR, /no amount/],
		['twelve', INR, /'twelve', which is no amount in INR/],
		[433.166667, INR, /'433.166667', which is no amount/],
		[{}, INR, /is not text/],
		['-5', INR, /below zero/],
		[-5, BRL, /below zero/],
		['99999999999999999', INR, /too much/],
	])('is refused: %j', (value, rule, message) => {
		const thrown = refusal(() => optionalAmount('Price', value, { ...rule, where: 'Item 2: ' }));
		expect(thrown.field).toBe('Price');
		expect(thrown.message).toMatch(message);
		expect(thrown.message).toContain("Item 2: 'Price'");
	});

	it.each([undefined, null, '', '  '])('may be empty: %j', (value) => {
		expect(optionalAmount('Tax', value, INR)).toBeUndefined();
	});

	it.each<[unknown, RegExp]>([
		['', /is empty/],
		[0, /is 0; WhatsApp takes amounts above zero/],
		['0.00', /is 0/],
	])('that must be there is refused: %j', (value, message) => {
		expect(refusal(() => requiredAmount('Price', value, INR)).message).toMatch(message);
	});

	it.each<[unknown, number]>([
		[129950, 129950],
		['129950', 129950],
		['5.00', 5],
	])('in the smallest unit: %j', (value, amount) => {
		expect(optionalAmount('Price', value, { ...INR, inSmallestUnit: true })).toBe(amount);
	});

	it.each(['12.50', '1,299', 12.5])('in the smallest unit is refused: %j', (value) => {
		const thrown = refusal(() => optionalAmount('Price', value, { ...INR, inSmallestUnit: true }));
		expect(thrown.message).toMatch(/no whole number of the smallest unit/);
	});

	it('is read as it was written, in each way to write it', () => {
		const ways = [
			[INR, 'en-IN'],
			[INR, 'en-US'],
			[BRL, 'pt-BR'],
			[BRL, 'en-US'],
		] as const;
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 10 ** 11 }), (amount) => {
				expect(optionalAmount('Price', readable(amount), INR)).toBe(amount);
				expect(optionalAmount('Price', amount / 100, INR)).toBe(amount);
				for (const [rule, locale] of ways) {
					const text = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(
						amount / 100,
					);
					expect([text, optionalAmount('Price', text, rule)]).toEqual([text, amount]);
				}
			}),
		);
	});
});
