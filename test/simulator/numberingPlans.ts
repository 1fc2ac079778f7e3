/**
 * How people may dial one and the same line. Each plan reads a number as a telephone exchange does, from
 * its country code on, and writes down the other way in which the line is known.
 */
type Plan = (national: string) => string | undefined;

const PLANS: Record<string, Plan> = {
	// Area (2) and subscriber. Mobile subscribers had eight digits, the first of them 6 to 9, until each
	// got a 9 in front; landlines, which begin with 2 to 5, have had eight ever since.
	'55': (national) => {
		const [area, subscriber] = [national.slice(0, 2), national.slice(2)];
		const isOld = subscriber.length === 8 && '6789'.includes(subscriber[0]);
		if (isOld) return `${area}9${subscriber}`;
		const isNew =
			subscriber.length === 9 && subscriber[0] === '9' && '6789'.includes(subscriber[1]);
		return isNew ? area + subscriber.slice(1) : undefined;
	},
	// Ten digits, once with a 1 in front for mobile phones called from abroad.
	'52': (national) => {
		if (national.length === 10) return `1${national}`;
		return national.length === 11 && national[0] === '1' ? national.slice(1) : undefined;
	},
	// Ten digits, with a 9 in front for mobile phones called from abroad.
	'54': (national) => {
		if (national.length === 10) return `9${national}`;
		return national.length === 11 && national[0] === '9' ? national.slice(1) : undefined;
	},
	// Eight digits until November 2024, since then with 01 in front.
	'229': (national) => {
		if (national.length === 8) return `01${national}`;
		return national.length === 10 && national.startsWith('01') ? national.slice(2) : undefined;
	},
	// Eight digits until January 2021, since then with the operator's two in front: for mobile phones, by
	// the second of the eight digits, Moov (0 to 3), MTN (4 to 6) or Orange (7 to 9).
	'225': (national) => {
		const old = national.slice(-8);
		const isMobile = '0456789'.includes(old[0]);
		const operator = ['01', '01', '01', '01', '05', '05', '05', '07', '07', '07'][Number(old[1])];
		if (!isMobile) return undefined;
		if (national.length === 8) return operator + old;
		return national.length === 10 && national.startsWith(operator) ? old : undefined;
	},
};

/** Every way of dialling the line of a number, digits only. */
export function waysToDial(digits: string): string[] {
	const code = Object.keys(PLANS).find((prefix) => digits.startsWith(prefix));
	const other = code === undefined ? undefined : PLANS[code](digits.slice(code.length));
	return other === undefined ? [digits] : [digits, `${code}${other}`];
}
