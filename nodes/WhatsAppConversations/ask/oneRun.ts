import { askingIn, type Asking } from '../../core/ask/asking';
import { InputError } from '../../core/inputError';
import type { Item } from '../run/item';
import type { Session } from '../run/session';

/** What came back to this node through its output 'Loop', in this run; undefined for a new item. */
export function ownAsking(item: Item): Asking | undefined {
	const asked = askingIn(item.json);
	const isOurs =
		asked?.executionId === item.session.executionId && asked.nodeId === item.getNode().id;
	return isOurs ? asked : undefined;
}

/** n8n keeps one place to wait for each run. @param what has the run wait */
export function refuseMany({ itemCount }: Session, what: string): void {
	if (itemCount === 1) return;
	throw new InputError(
		'Operation',
		`'${what}' got ${itemCount} items, and a run can wait for one answer alone.`,
		"Put this node into a workflow of its own, and call it with 'Execute Sub-workflow' in the mode 'Run once for each item', without waiting for it to end.",
	);
}
