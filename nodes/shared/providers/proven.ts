import { isProvenBy, type Proof } from '../../core/events/proof';
import { flawByCredential } from '../keptCredential';

import { credentialTexts, textsOf, type CredentialTexts } from './credentialTexts';
import type { CredentialReader, Provider } from './provider';

const FLAW =
	"A delivery was refused with 401: it does not carry what the credential says that proves deliveries. If it comes from the provider, compare the secret and 'Proof of Deliveries' of the credential with the provider's portal.";

/**
 * How deliveries of a provider are proven that does not sign as Meta does.
 *
 * @param credential the type of its credential
 * @param proofsOf the proofs that the credential names, of which a delivery has to have one
 */
export function provenBy(
	credential: string,
	proofsOf: (text: CredentialTexts) => Proof[],
): Required<Pick<Provider, 'flawOf' | 'proofs' | 'verifyTokens'>> {
	const proofs = async (context: CredentialReader) =>
		proofsOf(await credentialTexts(context, credential));
	return {
		flawOf: async (context, delivery) =>
			await flawByCredential(context, credential, (values) =>
				proofsOf(textsOf(values)).some((proof) => isProvenBy(proof, delivery)) ? undefined : FLAW,
			),
		proofs,
		// Some check the address as Meta does, for the word that proves deliveries.
		verifyTokens: async (context) => wordsOf(await proofs(context)),
	};
}

function wordsOf(proofs: Proof[]): string[] {
	return proofs.flatMap((proof) => ('secret' in proof && proof.secret ? [proof.secret] : []));
}
