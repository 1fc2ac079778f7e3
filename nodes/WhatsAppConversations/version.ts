/**
 * A workflow keeps the version that its node was made with, so that what later nodes read stays as it
 * was. 1.1: items of sent messages, of 'Get' and of 'Check Setup' show first what matters first.
 */
export const VERSIONS = [1, 1.1];

export const LATEST_VERSION = 1.1;

/** For `displayOptions`: parameters that are new in version 1.1. */
export const SINCE_1_1 = { '@version': [{ _cnd: { gte: 1.1 } }] };

/** Whether a node shows what matters first. */
export function showsWhatMattersFirst({ typeVersion }: { typeVersion: number }): boolean {
	return typeVersion >= 1.1;
}
