import { listIn, objectIn, textIn, type Note, type Values } from './workflow';

interface Needs {
	/** Whether the workflow reads statuses. */
	statuses: boolean;
	/** Whether Meta's own data are read. */
	raw: boolean;
}

/** The parameters of our trigger in place of those of n8n's own. */
export function triggerParameters(old: Values, needs: Needs, note: Note): Values {
	const updates = listIn(old.updates).map(textIn);
	const chosen = objectIn(old.options).messageStatusUpdates;
	const isOfAccount = updates.some((update) => update !== 'messages');
	const wantsMessages = updates.includes('messages') || updates.length === 0;
	const wantsStatuses =
		wantsMessages && (Array.isArray(chosen) ? chosen.length > 0 : needs.statuses);
	note('choose', "Choose the credential, and 'Business Number' if your account has several.");
	note(
		'check',
		'The old trigger has the callback of the whole app, this one that of its number. Unpublish the old workflow before you publish this one.',
	);
	if (wantsMessages && !wantsStatuses && chosen === undefined) {
		note(
			'check',
			"Delivery statuses start the workflow no more. Add them under 'Events' if they should.",
		);
	}
	if (Array.isArray(chosen) && chosen.length > 0 && !chosen.includes('all')) {
		note('left', `Every status starts the workflow. Filter by 'status': ${chosen.join(', ')}.`);
	}
	if (isOfAccount) {
		note('check', "Account events come to the callback of the app alone: see 'Callback Level'.");
	}
	return {
		businessNumber: { __rl: true, mode: 'list', value: '' },
		events: [
			...(wantsMessages ? ['message'] : []),
			...(wantsStatuses ? ['status'] : []),
			...(isOfAccount ? ['account'] : []),
		],
		options: needs.raw ? { simplify: false } : {},
	};
}
