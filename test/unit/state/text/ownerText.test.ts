import { NO_FACTS } from '../../../../nodes/core/conversation/facts';
import { NO_OWNER, type OwnerFacts } from '../../../../nodes/core/conversation/owner';
import { blankRecord } from '../../../../nodes/core/state/memory/idRecord';
import { readRecordText, recordText } from '../../../../nodes/core/state/text/contactText';
import { ownerText, readOwnerText } from '../../../../nodes/core/state/text/ownerText';

const OWNER: OwnerFacts = {
	handOvers: [
		{ at: 1_795_000_000, until: 1_795_090_000, way: 'handedOverUntil' },
		{ at: 1_795_000_100, until: 1_795_010_000, way: 'sent' },
	],
	resumedAt: 1_794_000_000,
	otherAt: 1_794_000_001,
	passedAt: 1_794_000_002,
	apartAt: 1_794_000_003,
};

describe('the saved form of who has a conversation', () => {
	it('is read as it was written', () => {
		expect(readOwnerText(ownerText(OWNER))).toEqual(OWNER);
		expect(ownerText(NO_OWNER)).toBe('');
		expect(readOwnerText('')).toBe(NO_OWNER);
	});

	it('leaves out what cannot be read', () => {
		const text = `${ownerText(OWNER)}+hzz+x12+r+o!3+constructor1`;
		expect(readOwnerText(text)).toEqual(OWNER);
	});

	it('stands behind all that older versions read in a record', () => {
		const record = {
			...blankRecord('US.7'),
			facts: { ...NO_FACTS, lastInboundAt: 1_795_000_000, owner: OWNER },
			links: [{ phone: '491511', first: 1_795_000_000, last: 1_795_000_000 }],
		};
		const fields = recordText(record).split(',');
		expect(fields).toHaveLength(10);
		expect(fields[9]).toBe(ownerText(OWNER));
		const old = fields.slice(0, 9).join(',');
		expect(readRecordText(old)).toEqual({
			...record,
			facts: { ...record.facts, owner: NO_OWNER },
		});
	});
});
