import type { ConsentRecord, ConsentSource } from '../../core/conversation/consent';
import { choiceIn } from '../../core/input/choice';
import { isEmpty } from '../../core/input/given';
import { requiredPastTimeIn, timeIn, type TimeInput } from '../../core/input/time';
import { EmptyInput } from '../../core/inputError';
import type { Item } from '../run/item';

import { isExpression } from './emptyExpression';

const STATES = ['opted_in', 'opted_out'] as const;

const SCOPES = ['all', 'marketing', 'utility', 'authentication'] as const;

/**
 * What somebody said, as the parameters tell it.
 *
 * @param now epoch seconds
 * @throws InputError
 */
export function consentRecordOf(item: Item, now: number): ConsentRecord {
	const { options } = item;
	const state = choiceIn('Consent', item.parameter('state'), STATES);
	const scope = choiceIn('Kind of Messages', item.parameter('scope'), SCOPES);
	const evidence = textOf(item.parameter('evidence', ''));
	const wording = textOf(options.wording);
	const said =
		state === 'opted_in' ? optIn(item, evidence, now) : { at: optOutTime(saidAt(item), now) };
	return {
		scope,
		state,
		...said,
		source: (options.source as ConsentSource | undefined) ?? 'manual',
		...(evidence ? { evidence } : {}),
		...(wording ? { wording } : {}),
	};
}

function saidAt({ options, timeZone }: Item): TimeInput {
	return { field: 'Said At', value: options.at, timeZone };
}

/** What permits something is on record with its time and its proof, or not at all (rule R45). */
function optIn(item: Item, evidence: string, now: number) {
	const at = requiredPastTimeIn(
		saidAt(item),
		now,
		"Give the time at which the contact agreed, in the option 'Said At'; {{ $now }} where the contact does so this moment, as behind a form.",
	);
	if (evidence === '') {
		throw new EmptyInput(
			'Evidence',
			'Write what proves the opt-in, such as the form and its submission.',
		);
	}
	const endsAt = item.options.expiresAt;
	if (isEmpty(endsAt) && isExpression(item.getNode(), 'options.expiresAt')) {
		throw new EmptyInput(
			'Ends At',
			'Give the time at which the opt-in ends, or remove the option where it has no end.',
		);
	}
	const expiresAt = timeIn({ field: 'Ends At', value: endsAt, timeZone: item.timeZone });
	return { at, ...(expiresAt === undefined ? {} : { expiresAt }) };
}

/** A no is never kept from being recorded: without a time, or with one ahead of now, it counts from now. */
function optOutTime(said: TimeInput, now: number): number {
	return Math.min(timeIn(said) ?? now, now);
}

function textOf(value: unknown): string {
	return String(value ?? '').trim();
}
