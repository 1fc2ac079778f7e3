import type { GraphError } from './errors';

/** The provider did not do what was asked; carries the normalised reason. */
export class ProviderRefusal extends Error {
	/** @param httpStatus undefined when no answer came */
	constructor(
		readonly refusal: GraphError,
		readonly httpStatus?: number,
	) {
		super(refusal.message);
		this.name = 'ProviderRefusal';
	}
}
