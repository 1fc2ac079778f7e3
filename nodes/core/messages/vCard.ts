import { textOf } from '../input/text';
import { InputError } from '../inputError';

/** A line of a vCard: `TEL;TYPE=CELL;PREF=1:+49 176 04069000`. */
interface Property {
	name: string;
	/** By name in capitals; several values stay together, as they are written. */
	parameters: Record<string, string[]>;
	/** As it is written, with its escapes. */
	value: string;
}

const READ = ['FN', 'N', 'TEL', 'EMAIL', 'ORG', 'TITLE', 'URL', 'ADR', 'BDAY'];

/** Kinds of numbers and addresses that say nothing to a reader. */
const EMPTY_TYPES = ['PREF', 'VOICE', 'INTERNET', 'TEXT', 'MSG', 'X400', 'POSTAL', 'PARCEL'];

function refuse(message: string, hint: string): never {
	throw new InputError('vCard', message, hint);
}

/** `;TYPE=CELL,WORK;TYPE="VOICE"` → `{ TYPE: ['CELL', 'WORK', 'VOICE'] }`; a bare word is a type. */
function parametersOf(text: string): Record<string, string[]> {
	const parameters: Record<string, string[]> = {};
	for (const [parameter] of text.matchAll(/(?:"[^"]*"|[^;"])+/g)) {
		const [, key = 'TYPE', written] = /^(?:([\w-]+)=)?(.*)$/s.exec(parameter)!;
		const values = written.replace(/"/g, '').split(',');
		(parameters[key.toUpperCase()] ??= []).push(...values.map((value) => value.trim()));
	}
	return parameters;
}

/** `undefined` for lines that are no property, or one that is not read. */
function propertyOf(line: string): Property | undefined {
	const name = /^(?:[\w-]+\.)?([\w-]+)[;:]/.exec(line)?.[1].toUpperCase();
	if (name === undefined || !READ.includes(name)) return undefined;
	const parts = /^[^;:]+((?:;(?:"[^"]*"|[^:"])*)?):(.*)$/s.exec(line);
	if (!parts) return undefined;
	const property = { name, parameters: parametersOf(parts[1]), value: parts[2] };
	if (property.parameters.ENCODING?.some((encoding) => /^quoted-printable$/i.test(encoding))) {
		refuse(
			`'vCard' has a line ${name} in quoted-printable, as vCard 2.1 writes it.`,
			'Export the contact as vCard 3.0 or 4.0.',
		);
	}
	return property;
}

/** The text of a value without its escapes (RFC 6350, section 3.4). */
function unescaped(value: string): string {
	return value.replace(/\\(.)/g, (_, escaped: string) => (/n/i.test(escaped) ? '\n' : escaped));
}

/** Cuts a value at a separator that is not escaped. */
function cutAt(separator: ';' | ',', value: string): string[] {
	const parts = [''];
	for (const [piece] of value.matchAll(/\\.|[^\\]|\\$/gs)) {
		if (piece === separator) parts.push('');
		else parts[parts.length - 1] += piece;
	}
	return parts;
}

/** The components of a value such as `Example;Anna;;Dr.,Prof.;`. */
function componentsOf(value: string, joint: string): string[] {
	return cutAt(';', value).map((component) =>
		cutAt(',', component)
			.map((text) => unescaped(text).trim())
			.filter((text) => text !== '')
			.join(joint),
	);
}

function typeOf({ parameters }: Property): string | undefined {
	return parameters.TYPE?.map((type) => type.toUpperCase()).find(
		(type) => type !== '' && !EMPTY_TYPES.includes(type),
	);
}

function phoneOf(property: Property) {
	return {
		phone: unescaped(property.value).replace(/^tel:([^;]*).*$/i, '$1'),
		type: typeOf(property),
		// WhatsApp's own exports name the account of the number so.
		wa_id: property.parameters.WAID?.[0],
	};
}

function addressOf(property: Property) {
	const [postBox, extension, street, city, state, zip, country] = componentsOf(
		property.value,
		', ',
	);
	return {
		street: [street, extension, postBox].filter((text) => text).join(', '),
		city,
		state,
		zip,
		country,
		type: typeOf(property),
	};
}

/** A whole date as YYYY-MM-DD; WhatsApp has no place for one without its year. */
function birthdayOf({ parameters, value }: Property): string | undefined {
	const date = /^(\d{4})-?(\d\d)-?(\d\d)(?=$|T)/i.exec(value.trim());
	return date && !parameters['X-APPLE-OMIT-YEAR'] ? date.slice(1).join('-') : undefined;
}

/** A contact in Meta's form. */
function contactOf(properties: Property[]) {
	const all = (name: string) => properties.filter((property) => property.name === name);
	const first = (name: string) => all(name).at(0);
	const text = (name: string) => unescaped(first(name)?.value ?? '');
	const [lastName, firstName, middleName, prefix, suffix] = componentsOf(
		first('N')?.value ?? '',
		' ',
	);
	const [company, ...units] = componentsOf(first('ORG')?.value ?? '', ', ');
	const birthday = first('BDAY');
	return {
		name: {
			formatted_name: text('FN'),
			first_name: firstName,
			middle_name: middleName,
			last_name: lastName,
			prefix,
			suffix,
		},
		phones: all('TEL').map(phoneOf),
		emails: all('EMAIL').map((line) => ({ email: unescaped(line.value), type: typeOf(line) })),
		urls: all('URL').map((line) => ({ url: unescaped(line.value), type: typeOf(line) })),
		addresses: all('ADR').map(addressOf),
		org: {
			company,
			department: units.filter((unit) => unit !== '').join(', '),
			title: text('TITLE'),
		},
		birthday: birthday && birthdayOf(birthday),
	};
}

/**
 * Contacts in Meta's form, from the text of one or more vCards of version 3.0 or 4.0 (RFC 2426,
 * RFC 6350): names, numbers, addresses, organisation, websites and birthday. Pictures and everything
 * else are left out.
 *
 * @throws InputError('vCard') when the text holds none, or one in the encoding of version 2.1
 */
export function contactsFromVCard(value: unknown): unknown[] {
	const unfolded = textOf('vCard', value)
		// The mark of the encoding, with which many programs begin a file.
		.replace(/\uFEFF/g, '')
		.replace(/\r\n?/g, '\n')
		.replace(/\n[ \t]/g, '');
	const cards = [...unfolded.matchAll(/^BEGIN:VCARD[ \t]*$(.*?)^END:VCARD/gims)];
	if (cards.length === 0) {
		refuse(
			"'vCard' holds no vCard.",
			'Pass the whole text of a .vcf file, from BEGIN:VCARD to END:VCARD.',
		);
	}
	return cards.map(([, lines]) =>
		contactOf(lines.split('\n').flatMap((line) => propertyOf(line) ?? [])),
	);
}
