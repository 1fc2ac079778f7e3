import type { INodeProperties } from 'n8n-workflow';

/** The entries of 'Options' in the order of their names, as the editor's users expect them. */
export function sortedOptions(options: INodeProperties[]): INodeProperties[] {
	return [...options].sort((one, other) =>
		one.displayName.toLowerCase() < other.displayName.toLowerCase() ? -1 : 1,
	);
}
