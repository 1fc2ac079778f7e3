import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type JsonObject,
} from 'n8n-workflow';

import { InputError } from '../core/inputError';
import type { GraphError } from '../core/transport/errors';
import { ProviderRefusal } from '../core/transport/providerRefusal';
import { UnsupportedByProvider } from '../core/unsupported';

/** Says of which item a sentence speaks, in the form that the editor adds by itself. */
function withItem(message: string, itemIndex?: number): string {
	return itemIndex === undefined ? message : `${message} [item ${itemIndex}]`;
}

/** How to mend it, then Meta's own words. */
function descriptionOf({ hint, code, details }: GraphError): string {
	// Meta's own words mostly begin with the code: '(#131000) Something went wrong'.
	const words = details.replace(new RegExp(`^\\(#${code}\\)\\s*`), '');
	const source = [code ? `code ${code}` : '', words].filter(Boolean).join(': ');
	return source ? `${hint} (${source})` : hint;
}

/**
 * Any error as n8n shows it best: the message says what happened, the description how to mend it.
 * A new NodeApiError is built from plain data, because one made from another keeps the old texts.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof InputError) {
		return new NodeOperationError(node, withItem(error.message, itemIndex), {
			description: error.hint,
			itemIndex,
			level: 'warning',
		});
	}
	if (error instanceof ProviderRefusal) {
		const { refusal, httpStatus } = error;
		return new NodeApiError(node, { ...refusal } as unknown as JsonObject, {
			message: withItem(refusal.message, itemIndex),
			description: descriptionOf(refusal),
			httpCode: httpStatus === undefined ? undefined : String(httpStatus),
			itemIndex,
			...failureOf(refusal),
		});
	}
	return new NodeOperationError(node, error as Error, { itemIndex });
}

function failureOf({ kind }: GraphError) {
	if (kind === 'rateLimited') return { failure: { cause: 'rate-limited' as const } };
	if (kind === 'auth') return { failure: { cause: 'credential-invalid' as const } };
	return {};
}

/** Where to go on after a refusal whose cause may lie anywhere. */
const CHECK_SETUP =
	"The operation 'Check Setup' of the node WhatsApp Conversations, under 'Account', finds out more.";

function mendOf(refusal: GraphError): string {
	const mend = descriptionOf(refusal);
	// What is wrong with a token lies in the token.
	return refusal.kind === 'auth' ? mend : `${mend} ${CHECK_SETUP}`;
}

/** An error of an activation, of which n8n shows the message alone: both sentences in one. */
export function toActivationError(node: INode, error: unknown): NodeOperationError {
	const hint =
		error instanceof InputError
			? error.hint
			: error instanceof ProviderRefusal
				? mendOf(error.refusal)
				: '';
	const message = error instanceof Error ? error.message : String(error);
	const text = [message, hint].filter(Boolean).join(' ');
	const activationError = new NodeOperationError(node, text);
	// n8n puts a text of its own in the place of one that names a network code.
	activationError.message = text;
	return activationError;
}

/**
 * An error as the data of an item, for workflows that continue. n8n sends an item to the error
 * output only if it has no other keys than these three.
 */
export function errorJson(
	error: NodeApiError | NodeOperationError,
	cause: unknown,
	more: IDataObject = {},
): IDataObject {
	return {
		error: error.message,
		message: error.description ?? '',
		details: { ...causeDetails(cause), ...more },
	};
}

function causeDetails(cause: unknown): IDataObject {
	if (cause instanceof UnsupportedByProvider) {
		const { field, reason, provider } = cause;
		return { kind: 'input', field, reason, provider };
	}
	if (cause instanceof InputError) return { kind: 'input', field: cause.field };
	if (!(cause instanceof ProviderRefusal)) return { kind: 'unknown' };
	const { kind, code, retry, details, traceId } = cause.refusal;
	return { kind, code, retry, details, ...(traceId ? { traceId } : {}) };
}
