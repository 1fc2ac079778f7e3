import { entriesOf } from '../input/entries';
import { namedTexts, type Labels } from '../input/namedTexts';
import { NO_LIMIT, optionalLabel, requiredLabel } from '../input/text';

import { interactive, partsOf, type PartsInput } from './interactive';
import type { AddressField, AddressRequestMessage } from './types';

/** The fields of the form (Meta: Address messages). */
export const ADDRESS_FIELDS: Labels<AddressField> = {
	name: 'Name',
	phone_number: 'Phone Number',
	in_pin_code: 'PIN Code',
	house_number: 'House Number',
	floor_number: 'Floor Number',
	tower_number: 'Tower Number',
	building_name: 'Building Name',
	address: 'Address',
	landmark_area: 'Landmark',
	city: 'City',
	state: 'State',
};

/** Longest PIN code, in characters. */
const MAX_PIN_CODE = 6;

export interface AddressRequestInput extends PartsInput {
	/** What the form is filled with, by Meta's names of its fields: an object or its JSON text. */
	values?: unknown;
	/** Addresses that the contact may choose in place of writing one. */
	savedAddresses?: Array<{ /** Comes back with the answer. */ id: unknown; value: unknown }>;
	/** What is wrong with an earlier answer, by Meta's names of the fields. */
	validationErrors?: unknown;
}

function addressOf(field: string, value: unknown, where?: string) {
	const address = namedTexts(field, value, ADDRESS_FIELDS, { where });
	optionalLabel('PIN Code', address.in_pin_code, MAX_PIN_CODE, where);
	return address;
}

/** Leaves out what has no entries. */
function filled<T extends object>(value: T): T | undefined {
	return Object.keys(value).length > 0 ? value : undefined;
}

/**
 * Asks the contact for an address by a form. For businesses and contacts in India only.
 *
 * @throws InputError('Body', 'Header', 'Footer', 'Values', 'Saved Addresses', 'Saved Address ID',
 * 'Validation Messages', or a field of the form or of the header's file)
 */
export function addressRequestMessage(input: AddressRequestInput): AddressRequestMessage {
	const parts = partsOf(input);
	const values = filled(addressOf('Values', input.values));
	const saved = entriesOf('Saved Addresses', input.savedAddresses, [0, NO_LIMIT]).map(
		({ id, value }, index) => {
			const where = `Saved address ${index + 1}: `;
			return {
				id: requiredLabel('Saved Address ID', id, NO_LIMIT, where),
				value: addressOf('Saved Addresses', value, where),
			};
		},
	);
	const messages = filled(
		namedTexts('Validation Messages', input.validationErrors, ADDRESS_FIELDS),
	);
	return interactive('address_message', parts, {
		name: 'address_message',
		parameters: {
			country: 'IN',
			...(values && { values }),
			...(saved.length > 0 && { saved_addresses: saved }),
			...(messages && { validation_errors: messages }),
		},
	});
}
