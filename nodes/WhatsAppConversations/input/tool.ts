import type { Item } from '../run/item';

/** n8n makes a tool of a node under another name of its type. */
const TOOL = /Tool$/;

/** Whether the node serves an agent as a tool. */
export function isTool(item: Item): boolean {
	return TOOL.test(item.getNode().type);
}
