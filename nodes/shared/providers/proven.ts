import { isProvenBy, type Delivery, type Proof } from '../../core/events/proof';

const FLAW =
	"A delivery was refused with 401: it does not carry what the credential says that proves deliveries. If it comes from the provider, compare the secret and 'Proof of Deliveries' of the credential with the provider's portal.";

/** Why a delivery has none of the proofs, as sentences; undefined when it has one. */
export function flawByProofs(proofs: Proof[], delivery: Delivery): string | undefined {
	return proofs.some((proof) => isProvenBy(proof, delivery)) ? undefined : FLAW;
}

/** Some providers check the address as Meta does, for the word that proves deliveries. */
export function wordsOf(proofs: Proof[]): string[] {
	return proofs.flatMap((proof) => ('secret' in proof && proof.secret ? [proof.secret] : []));
}
