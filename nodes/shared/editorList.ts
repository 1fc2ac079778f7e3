import { NodeApiError, type ILoadOptionsFunctions, type JsonObject } from 'n8n-workflow';

import { isNotChosen, WHATSAPP_CREDENTIAL_LABEL } from '../core/credentials';
import { InputError } from '../core/inputError';

import { toNodeError } from './nodeErrors';

/** What fills a list of the editor. */
type ListMethod<Arguments extends unknown[], Result> = (
	this: ILoadOptionsFunctions,
	...args: Arguments
) => Promise<Result>;

/**
 * A method that fills a list of the editor. Where it cannot, the list shows what happened and how to
 * mend it: of a NodeApiError alone n8n shows both.
 */
export function editorList<Arguments extends unknown[], Result>(
	method: ListMethod<Arguments, Result>,
): ListMethod<Arguments, Result> {
	return async function (...args) {
		return await method.call(this, ...args).catch((error: unknown) => {
			throw toListError(this, error);
		});
	};
}

function toListError(context: ILoadOptionsFunctions, error: unknown): NodeApiError {
	const nodeError = toNodeError(context.getNode(), error);
	if (nodeError instanceof NodeApiError) return nodeError;
	// That of data tables is told of with the table.
	const { message, description } = isNotChosen(nodeError)
		? {
				message: `This list needs the '${WHATSAPP_CREDENTIAL_LABEL}', and none is chosen.`,
				description: 'Choose it at the top of these parameters, then open the list again.',
			}
		: {
				message: nodeError.message,
				description: error instanceof InputError ? error.hint : (nodeError.description ?? ''),
			};
	return new NodeApiError(context.getNode(), { message } as JsonObject, { message, description });
}
