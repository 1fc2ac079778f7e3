import { isNotChosen, TABLE_CREDENTIAL_LABEL } from '../credentials';
import { isObject } from '../isObject';
import { StateUnavailable } from '../stateUnavailable';

import { TimeLimitReached } from './totalLimit';

const CREDENTIAL_NAME = "the credential 'n8n Data Table API'";

const SCOPES =
	'dataTable:list, dataTable:read, dataTable:create, dataTableRow:read, dataTableRow:create, dataTableRow:update and dataTableRow:delete';

/** What a table is for, in the words of the texts about it. */
export interface TableUse {
	/** The table as sentences name it. */
	table: string;
	/** What to do where n8n is too old for data tables, after 'Update n8n'. */
	tooOld: string;
	/** What to do where it is gone. */
	again: string;
	/** Whose columns they are, with the verb that follows. */
	needs: string;
	/** What to do where it lacks a column. */
	complete: string;
	/** What to look at where a request is refused, beside the credential. */
	check: string;
}

/** The table of the conversation state, which the user chooses. */
export const STATE_TABLE: TableUse = {
	table: 'the table of the conversation state',
	tooOld: ", or set 'Conversation State' to 'This n8n's Memory and Static Data'",
	again: "Choose the 'State Table' again, or create one with the operation 'Create State Table'.",
	needs: 'the conversation state needs',
	complete:
		"Create a table with the operation 'Create State Table', and choose it as 'State Table'.",
	check: "'State Table' and ",
};

/** The table of all broadcasts, which the node makes. */
export const BROADCAST_TABLE: TableUse = {
	table: 'the table of broadcasts',
	tooOld: '',
	again: 'Run the node again: where the table WhatsApp Broadcasts is gone, it makes a new one.',
	needs: 'broadcasts need',
	complete:
		'Rename the table WhatsApp Broadcasts in n8n under Data tables, and run the node again; it makes a new one.',
	check: '',
};

/** The table lacks a column that was written to. */
export class LackingColumn extends StateUnavailable {}

/** No table was chosen. */
export function noTable(): StateUnavailable {
	return new StateUnavailable(
		"'State Table' is empty.",
		"Choose a data table, or create one with the operation 'Create State Table'.",
	);
}

/** The credential cannot be had. */
export function refusalOfCredential({ table }: TableUse, error: unknown): StateUnavailable {
	if (isNotChosen(error)) {
		return new StateUnavailable(
			`${upperFirst(table)} could not be reached, because the '${TABLE_CREDENTIAL_LABEL}' is not chosen.`,
			'Choose or create it at the top of the node.',
		);
	}
	const words = error instanceof Error ? error.message : String(error);
	return new StateUnavailable(
		`${upperFirst(table)} could not be reached, because its credential could not be read: ${words}.`,
		`Choose ${CREDENTIAL_NAME} in the node.`,
	);
}

/** What it means that no answer came. */
export function refusalOfSilence(
	{ table }: TableUse,
	address: string,
	error: unknown,
): StateUnavailable {
	const { message = '', code = '' } = (isObject(error) || error instanceof Error ? error : {}) as {
		message?: string;
		code?: string;
	};
	const isBlocked = /ssrf|blocked/i.test(`${message} ${code}`);
	if (isBlocked) {
		return new StateUnavailable(
			`n8n does not let its nodes call ${address}, so ${table} could not be reached.`,
			"Give n8n's public address as 'Base URL', or allow this address in n8n's settings against requests to private addresses.",
		);
	}
	const isLate =
		error instanceof TimeLimitReached ||
		/timeout|timed out|abort|cancel/i.test(`${message} ${code}`);
	return new StateUnavailable(
		isLate
			? `n8n at ${address} did not answer in time, so ${table} could not be reached.`
			: `There is no answer from ${address}, so ${table} could not be reached (${String(code || message)}).`,
		`Check 'Base URL' of ${CREDENTIAL_NAME}, and that n8n runs there.`,
		isLate ? 'late' : 'down',
	);
}

/** What an answer that is no success means. */
export function refusalOfAnswer(
	{ table, tooOld, again, needs, complete, check }: TableUse,
	{ address, path }: { address: string; path: string },
	statusCode: number,
	body: unknown,
): StateUnavailable {
	const words = isObject(body) ? String(body.message ?? '') : '';
	if (statusCode === 401) {
		return new StateUnavailable(
			`n8n at ${address} does not accept the API key, so ${table} could not be reached.`,
			`Create a new key in n8n under Settings → n8n API, and put it into ${CREDENTIAL_NAME}.`,
		);
	}
	if (statusCode === 403) {
		return new StateUnavailable(
			`The API key lacks a permission for ${table}.`,
			`Create a key that has the scopes ${SCOPES}, for a user who may use the table, and put it into ${CREDENTIAL_NAME}.`,
		);
	}
	// An n8n that knows data tables names the table that it does not find.
	if (statusCode === 404 && words && (path === '' || /^not found$/i.test(words))) {
		return new StateUnavailable(
			`The n8n at ${address} is too old for data tables, so there is none that could be ${table}: they are in its API since version 2.7.`,
			`Update n8n${tooOld}.`,
		);
	}
	if (statusCode === 404 && path !== '' && words) {
		return new StateUnavailable(
			`There is no data table with the ID '${decodeURIComponent(path.split('/')[1])}', which was ${table}.`,
			again,
		);
	}
	if (!isObject(body) || !words) {
		return new StateUnavailable(
			`What answers at ${address} is not the API of n8n (status ${statusCode}).`,
			`Check 'Base URL' of ${CREDENTIAL_NAME}: the address at which the editor opens, without a path.`,
			'down',
		);
	}
	if (/unknown column/i.test(words)) {
		return new LackingColumn(`The data table lacks a column that ${needs}: ${words}.`, complete);
	}
	return new StateUnavailable(
		`n8n at ${address} refused the request to ${table}: ${words} (status ${statusCode}).`,
		`Check ${check}${CREDENTIAL_NAME}.`,
		statusCode === 429 ? 'late' : statusCode >= 500 ? 'down' : 'lasting',
	);
}

function upperFirst(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
