import type { IDataObject, INode, INodeProperties } from 'n8n-workflow';

import { EmptyInput, InputError } from '../../core/inputError';

/** Whether an expression stands in a parameter. @param path its name, as `options.at` */
export function isExpression({ parameters }: INode, path: string): boolean {
	const written = path
		.split('.')
		.reduce<unknown>((part, name) => (part as IDataObject | undefined)?.[name], parameters);
	return isExpressionText(written);
}

/** Whether the editor stored an expression. */
export function isExpressionText(written: unknown): boolean {
	return typeof written === 'string' && written.startsWith('=');
}

/**
 * What is thrown, with more about an empty field: where an expression stands in it, the fault lies
 * in the data, and 'fill it in' would be no help.
 *
 * @param properties all of the node
 */
export function withCause(error: unknown, node: INode, properties: INodeProperties[]): unknown {
	if (!(error instanceof EmptyInput)) return error;
	const names = namesOf(error.field, properties);
	const written = [...names].flatMap((name) => valuesUnder(name, node.parameters));
	if (written.length === 0 || !written.every(isExpressionText)) return error;
	return new InputError(
		error.field,
		`${error.where}'${error.field}' is empty: its expression gave nothing.`,
		`See that the data of this item has what the expression names, or ${error.hint[0].toLowerCase()}${error.hint.slice(1)}`,
	);
}

/** The names of parameters, also within collections, that are shown under a name. */
function namesOf(displayName: string, properties: unknown): Set<string> {
	const names = new Set<string>();
	const visit = (part: unknown) => {
		if (Array.isArray(part)) part.forEach(visit);
		if (typeof part !== 'object' || part === null) return;
		const { name, displayName: shown, options, values } = part as INodeProperties & IDataObject;
		if (shown === displayName) names.add(name);
		visit(options);
		visit(values);
	};
	visit(properties);
	return names;
}

/** What was written in the parameters of a name; of a resource locator its value. */
function valuesUnder(name: string, parameters: unknown): unknown[] {
	if (typeof parameters !== 'object' || parameters === null) return [];
	return Object.entries(parameters).flatMap(([key, value]: [string, unknown]) => {
		if (key !== name) return valuesUnder(name, value);
		const isLocator = typeof value === 'object' && value !== null && '__rl' in value;
		return [isLocator ? (value as unknown as IDataObject).value : value];
	});
}
