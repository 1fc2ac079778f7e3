import { InputError } from './inputError';

/**
 * What a provider cannot carry, found before any request: nothing is left out, and nothing goes by
 * another way (rule T34).
 */
export class UnsupportedByProvider extends InputError {
	readonly reason = 'unsupportedByProvider';

	/**
	 * @param provider as people know it
	 * @param field display name of the parameter that asks for it
	 * @param what in the words of a sentence, e.g. 'reactions'
	 */
	constructor(
		readonly provider: string,
		field: string,
		what: string,
		hint = `Send something else, or choose another way in 'Connect Through'.`,
	) {
		super(field, `${provider} cannot carry ${what}. Field: '${field}'.`, hint);
	}
}
