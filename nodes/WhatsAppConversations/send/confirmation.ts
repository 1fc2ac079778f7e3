/** Confirmations of an opt-out that are going out, each until it is on record or has failed. */
const underWay = new Map<string, Promise<void>>();

/**
 * Waits until no other execution of this process is confirming the opt-out of a contact: only one
 * confirmation may go out (rule T4). Whoever had to wait has to decide again.
 *
 * @param key tells the contact and the business number from others
 * @returns to be called when the confirmation is on record, or has failed
 */
export async function claimConfirmation(key: string): Promise<() => void> {
	while (underWay.has(key)) await underWay.get(key);
	let end = () => {};
	underWay.set(key, new Promise<void>((resolve) => (end = resolve)));
	return () => {
		underWay.delete(key);
		end();
	};
}
