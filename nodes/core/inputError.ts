/**
 * A value that the user gave and that WhatsApp would refuse, found before any request.
 * The node layer turns it into a NodeOperationError with the item's index.
 */
export class InputError extends Error {
	/**
	 * @param field display name of the parameter, as the editor shows it
	 * @param message one sentence: what is wrong with the value; names the field in single quotes
	 * @param hint one sentence: how to mend it
	 */
	constructor(
		readonly field: string,
		message: string,
		readonly hint: string,
	) {
		super(message);
		this.name = 'InputError';
	}
}

/** A field that must be filled is empty. The node layer says so where an expression stands in it. */
export class EmptyInput extends InputError {
	/** @param where what goes before the name, where several fields have the same one: `Button 2: ` */
	constructor(
		field: string,
		hint = 'Fill it in.',
		readonly where = '',
	) {
		super(field, `${where}'${field}' is empty.`, hint);
	}
}
