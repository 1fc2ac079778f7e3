import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../isObject';
import { describeCode } from '../errorTable';
import { readGraphError } from '../errors';
import { ProviderRefusal } from '../providerRefusal';
import { saidBy } from '../providerWords';
import { redact } from '../redact';

import { describeAnswerCode } from './codes';

/**
 * A refusal, `{ error: { code, description } }`, of the whole request or of one message in it.
 *
 * @param isTemplate whether a template was to be sent
 */
export function refusalIn(
	answer: unknown,
	httpStatus: number,
	isTemplate = false,
): ProviderRefusal {
	const error = isObject(answer) && isObject(answer.error) ? answer.error : undefined;
	const code = Number(error?.code ?? answerCode(answer));
	if (!Number.isInteger(code) || code === 0) {
		const isKey = httpStatus === 401;
		const unread = readGraphError(answer, httpStatus);
		return new ProviderRefusal(
			isKey ? { ...unread, ...describeAnswerCode(1, false) } : unread,
			httpStatus,
		);
	}
	const details = redact(String(error?.description ?? (answer as IDataObject).description ?? ''));
	const described = describeAnswerCode(code, isTemplate);
	const said = described.kind === 'unknown' ? saidBy(details) : undefined;
	if (said) {
		return new ProviderRefusal({ code, ...describeCode(said.code), details }, httpStatus);
	}
	return new ProviderRefusal({ code, ...described, details }, httpStatus);
}

/** Some answers have the code at their top. */
function answerCode(answer: unknown): unknown {
	return isObject(answer) ? (answer.errorCode ?? 0) : 0;
}
