import type { Item } from '../run/item';
import { showsWhatMattersFirst } from '../version';

/** n8n makes a tool of a node under another name of its type. */
const TOOL = /Tool$/;

/** Operations whose outcome an agent is told in words of its own. */
const SENDS: unknown[] = ['send', 'sendTemplate', 'react'];

/** Whether an item sends a message for an agent that is to be told what became of it. */
export function isSendOfTool(item: Item): boolean {
	return (
		isTool(item) &&
		showsWhatMattersFirst(item.getNode()) &&
		item.parameter('resource') === 'message' &&
		SENDS.includes(item.parameter('operation'))
	);
}

/** Whether the node serves an agent as a tool. */
export function isTool(item: Item): boolean {
	return TOOL.test(item.getNode().type);
}

/** Whether the model fills a parameter of the node, and not whoever has built the workflow. */
export function isChosenByModel(item: Item, parameter: string): boolean {
	const { [parameter]: value } = item.getNode().parameters;
	return typeof value === 'string' && /\$fromai\b/i.test(value);
}
