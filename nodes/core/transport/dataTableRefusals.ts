import { isObject } from '../isObject';
import { StateUnavailable } from '../stateUnavailable';

import { TimeLimitReached } from './totalLimit';

const CREDENTIAL_NAME = "the credential 'n8n Data Table API'";

const SCOPES =
	'dataTable:list, dataTable:read, dataTable:create, dataTableRow:read, dataTableRow:create, dataTableRow:update and dataTableRow:delete';

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
export function refusalOfCredential(error: unknown): StateUnavailable {
	const words = error instanceof Error ? error.message : String(error);
	return new StateUnavailable(
		`The table of the conversation state could not be reached, because its credential could not be read: ${words}.`,
		`Choose ${CREDENTIAL_NAME} in the node.`,
	);
}

/** What it means that no answer came. */
export function refusalOfSilence(address: string, error: unknown): StateUnavailable {
	const { message = '', code = '' } = (isObject(error) || error instanceof Error ? error : {}) as {
		message?: string;
		code?: string;
	};
	const isBlocked = /ssrf|blocked/i.test(`${message} ${code}`);
	if (isBlocked) {
		return new StateUnavailable(
			`n8n does not let its nodes call ${address}, so the table of the conversation state could not be reached.`,
			"Give n8n's public address as 'Base URL', or allow this address in n8n's settings against requests to private addresses.",
		);
	}
	const isLate =
		error instanceof TimeLimitReached ||
		/timeout|timed out|abort|cancel/i.test(`${message} ${code}`);
	return new StateUnavailable(
		isLate
			? `n8n at ${address} did not answer in time, so the table of the conversation state could not be reached.`
			: `There is no answer from ${address}, so the table of the conversation state could not be reached (${String(code || message)}).`,
		`Check 'Base URL' of ${CREDENTIAL_NAME}, and that n8n runs there.`,
	);
}

/** What an answer that is no success means. */
export function refusalOfAnswer(
	address: string,
	path: string,
	statusCode: number,
	body: unknown,
): StateUnavailable {
	const words = isObject(body) ? String(body.message ?? '') : '';
	if (statusCode === 401) {
		return new StateUnavailable(
			`n8n at ${address} does not accept the API key, so the table of the conversation state could not be reached.`,
			`Create a new key in n8n under Settings → n8n API, and put it into ${CREDENTIAL_NAME}.`,
		);
	}
	if (statusCode === 403) {
		return new StateUnavailable(
			'The API key lacks a permission for the table of the conversation state.',
			`Create a key that has the scopes ${SCOPES}, for a user who may use the table, and put it into ${CREDENTIAL_NAME}.`,
		);
	}
	// An n8n that knows data tables names the table that it does not find.
	if (statusCode === 404 && words && (path === '' || /^not found$/i.test(words))) {
		return new StateUnavailable(
			`The n8n at ${address} is too old for data tables, so none can hold the conversation state: they are in its API since version 2.7.`,
			"Update n8n, or set 'Conversation State' to 'This n8n's Memory and Static Data'.",
		);
	}
	if (statusCode === 404 && path !== '' && words) {
		return new StateUnavailable(
			`There is no data table with the ID '${decodeURIComponent(path.split('/')[1])}', so it cannot hold the conversation state.`,
			"Choose the 'State Table' again, or create one with the operation 'Create State Table'.",
		);
	}
	if (!isObject(body) || !words) {
		return new StateUnavailable(
			`What answers at ${address} is not the API of n8n (status ${statusCode}).`,
			`Check 'Base URL' of ${CREDENTIAL_NAME}: the address at which the editor opens, without a path.`,
		);
	}
	if (/unknown column/i.test(words)) {
		return new LackingColumn(
			`The data table lacks a column that the conversation state needs: ${words}.`,
			"Create a table with the operation 'Create State Table', and choose it as 'State Table'.",
		);
	}
	return new StateUnavailable(
		`n8n at ${address} refused the request to the table of the conversation state: ${words} (status ${statusCode}).`,
		`Check 'State Table' and ${CREDENTIAL_NAME}.`,
	);
}
