import type { IDataObject, INode, INodeProperties } from 'n8n-workflow';

import { InputError } from '../../core/inputError';
import { showsWhatMattersFirst } from '../version';

import { isExpressionText } from './emptyExpression';

/** A variable of n8n within braces. `{{1}}` and `{{name}}` are placeholders of templates. */
const EXPRESSION =
	/\{\{[^{}]*\$(?:\(|(?:json|node|input|binary|items?|now|today|vars|execution|workflow)\b)[^]*?\}\}/;

/**
 * What is wrong with a node where an expression stands in a field on 'Fixed': n8n does not evaluate it,
 * and the contact would read the braces. Nodes of version 1 go on as they did.
 *
 * @param properties all of the node
 */
export function fixedExpression(
	node: INode,
	properties: INodeProperties[],
): InputError | undefined {
	if (!showsWhatMattersFirst(node)) return undefined;
	for (const [name, value] of Object.entries(node.parameters)) {
		const property = properties.find((one) => one.name === name && isOf(node.parameters, one));
		const found = property && firstIn(value, property.displayName, property.options ?? []);
		if (!found) continue;
		return new InputError(
			found.field,
			`'${found.field}' holds '${found.expression}', an expression that is not evaluated there.`,
			"Switch the field from 'Fixed' to 'Expression'.",
		);
	}
	return undefined;
}

/** Whether a property belongs to the resource and the operation of a node. */
function isOf(parameters: IDataObject, { displayOptions }: INodeProperties): boolean {
	return ['resource', 'operation'].every((name) => {
		const values = displayOptions?.show?.[name] as unknown[] | undefined;
		return values?.includes(parameters[name]) ?? true;
	});
}

interface Found {
	field: string;
	expression: string;
}

/** The first such expression in a value, with the name of the field, also of one in a collection. */
function firstIn(value: unknown, field: string, within: unknown): Found | undefined {
	if (typeof value === 'string') {
		const found = isExpressionText(value) ? null : EXPRESSION.exec(value);
		return found ? { field, expression: found[0] } : undefined;
	}
	if (typeof value !== 'object' || value === null) return undefined;
	for (const [key, entry] of Object.entries(value)) {
		const inner = propertyIn(within, key);
		const found = inner
			? firstIn(entry, inner.displayName, inner.options ?? inner.values)
			: firstIn(entry, field, within);
		if (found) return found;
	}
	return undefined;
}

function propertyIn(within: unknown, name: string): (INodeProperties & IDataObject) | undefined {
	const properties = Array.isArray(within) ? (within as Array<INodeProperties & IDataObject>) : [];
	return properties.find((property) => property.name === name);
}
