import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/**
 * Says that a parameter is empty. Where an expression stands in it, the fault lies in the data, and
 * 'fill it in' would be no help.
 *
 * @param field display name
 * @param path its name, as `options.at`
 */
export function emptySentence(context: IExecuteFunctions, field: string, path: string): string {
	return isExpression(context, path)
		? `'${field}' is empty: its expression gave nothing.`
		: `'${field}' is empty.`;
}

/** Whether an expression stands in a parameter. */
export function isExpression(context: IExecuteFunctions, path: string): boolean {
	const { parameters } = context.getNode();
	const written = path
		.split('.')
		.reduce<unknown>((part, name) => (part as IDataObject | undefined)?.[name], parameters);
	return typeof written === 'string' && written.startsWith('=');
}

/** Absent, or a text with nothing to be seen in it. */
export function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}
