import { ProviderRefusal } from '../../core/transport/providerRefusal';

import { PartlySent } from './parts';

/**
 * Decides and sends, and does so once more when WhatsApp knows better than our records: the window is
 * on record as closed by then.
 *
 * @throws what `act` throws
 */
export async function withSecondTry<T>(act: () => Promise<T>): Promise<T> {
	return await act().catch(async (error: unknown) => {
		const isClosed = error instanceof ProviderRefusal && error.refusal.kind === 'windowClosed';
		if (!isClosed || error instanceof PartlySent) throw error;
		return await act();
	});
}
