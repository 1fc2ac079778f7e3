import type { IDataObject } from 'n8n-workflow';

import {
	NO_OWNER,
	type HandOverWay,
	type Owner,
	type OwnerFacts,
} from '../core/conversation/owner';
import { isoTime } from '../core/events/time';
import { isObject } from '../core/isObject';

/** Why a person has a conversation, in the words of the output. */
const WHY: Readonly<Record<HandOverWay, string>> = {
	handedOver: 'handOver',
	handedOverUntil: 'handOverUntil',
	app: 'messageFromApp',
	sent: 'message',
};

/** Who has a conversation, as items show it: times as ISO texts in UTC, null where there is none. */
export function ownerView({ who, since, until, way }: Owner): IDataObject {
	return {
		who,
		since: isoTime(since) || null,
		until: isoTime(until) || null,
		why: way ? WHY[way] : null,
	};
}

/** What an item tells of who has the conversation: the reverse of {@link ownerView}. */
export function ownerIn(view: unknown, secondsOf: (time: unknown) => number): OwnerFacts {
	const { who, since, until, why } = isObject(view) ? view : {};
	const at = secondsOf(since);
	if (at === 0) return NO_OWNER;
	if (who === 'otherResponder') return { ...NO_OWNER, otherAt: at };
	const [way] = Object.entries(WHY).find(([, word]) => word === why) ?? [];
	const end = secondsOf(until);
	if (who !== 'person' || way === undefined || end === 0) return NO_OWNER;
	return { ...NO_OWNER, handOvers: [{ at, until: end, way: way as HandOverWay }] };
}
