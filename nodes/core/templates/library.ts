import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../isObject';

import { linkToCreate, phoneNumberToCreate } from './create/buttons';
import { nameToCreate, refuseIf } from './create/checks';
import type { ButtonDraft } from './create/draft';
import { readDefinition, type ButtonDefinition } from './definition';

/** A template that Meta has written and approved, and that an account may take over. */
export interface LibraryTemplate {
	id: string;
	name: string;
	language: string;
	/** `UTILITY` or `AUTHENTICATION`. */
	category: string;
	/** `ORDER_MANAGEMENT`, `PAYMENTS` … */
	topic: string;
	/** `DELIVERY_UPDATE`, `PAYMENT_DUE_REMINDER` … */
	useCase: string;
	/** `E_COMMERCE`, `FINANCIAL_SERVICES`. */
	industries: string[];
	/** Text of the header; '' where there is none. */
	header: string;
	body: string;
	/** Of the placeholders of the body, in their order. */
	bodyExamples: string[];
	/** `TEXT`, `AMOUNT`, `DATE` …: what Meta takes for each placeholder when the template is sent. */
	bodyTypes: string[];
	footer: string;
	buttons: ButtonDefinition[];
}

/** What an account gives to take a template over. */
export interface LibraryChoice {
	/** Its name in the account; '' for the one that it has in the library. */
	name: string;
	/** One for each button with a link, in their order. */
	links: Array<Pick<ButtonDraft, 'url' | 'example'>>;
	phoneNumber?: string;
}

/** The body of Meta's request that takes a template over. */
export interface TemplateFromLibrary {
	name: string;
	language: string;
	category: string;
	library_template_name: string;
	/** JSON, as in Meta's samples. */
	library_template_button_inputs?: string;
}

/** @param entry of `GET /message_template_library` */
export function libraryTemplateOf(entry: IDataObject): LibraryTemplate {
	// A header may be a file instead of a text.
	const text = (name: string) => (isObject(entry[name]) ? '' : String(entry[name] ?? ''));
	const texts = (name: string) => {
		const list = entry[name];
		return Array.isArray(list) ? list.map(String) : [];
	};
	const { components } = readDefinition({ components: [{ type: 'BUTTONS', ...buttonsIn(entry) }] });
	return {
		id: text('id'),
		name: text('name'),
		language: text('language'),
		category: text('category'),
		topic: text('topic'),
		useCase: text('usecase'),
		industries: texts('industry'),
		header: text('header'),
		body: text('body'),
		bodyExamples: texts('body_params'),
		bodyTypes: texts('body_param_types'),
		footer: text('footer'),
		buttons: components[0].buttons ?? [],
	};
}

function buttonsIn({ buttons }: IDataObject) {
	return Array.isArray(buttons) ? { buttons } : {};
}

/**
 * The request that takes a template over (Meta: Template Library). Its text is fixed; links and phone
 * numbers of its buttons are the account's own.
 *
 * @throws InputError when they do not fit the buttons
 */
export function templateFromLibrary(
	{ name: libraryName, language, category, buttons }: LibraryTemplate,
	{ name, links, phoneNumber = '' }: LibraryChoice,
): TemplateFromLibrary {
	const kinds = buttons.map(({ type }) => type.toUpperCase());
	const wanted = kinds.filter((kind) => kind === 'URL').length;
	const withPhone = kinds.includes('PHONE_NUMBER');
	refuseIf(
		links.length !== wanted,
		'Links',
		`'Links' has ${links.length} entries; template '${libraryName}' needs ${wanted}, one for each button that opens a website.`,
		wanted > links.length
			? 'Add the address of your own website for each of them.'
			: 'Remove what is too much.',
	);
	refuseIf(
		phoneNumber.trim() !== '' && !withPhone,
		'Phone Number',
		`'Phone Number' is filled, and template '${libraryName}' has no button that calls.`,
		'Leave it empty.',
	);
	let link = 0;
	const inputs = kinds.flatMap((type): IDataObject[] => {
		if (type === 'URL') {
			const number = ++link;
			const { url, example } = linkToCreate(
				links[number - 1],
				(part) => `Link ${number} · ${part}`,
			);
			return [{ type, url: { base_url: url, ...(example && { url_suffix_example: example[0] }) } }];
		}
		if (type === 'PHONE_NUMBER') {
			return [{ type, phone_number: phoneNumberToCreate(phoneNumber, 'Phone Number') }];
		}
		// The others need an app of one's own, which 'Create' asks for.
		return type === 'OTP' ? [{ type, otp_type: 'COPY_CODE' }] : [];
	});
	return {
		name: nameToCreate(name || libraryName),
		language,
		category,
		library_template_name: libraryName,
		...(inputs.length > 0 && { library_template_button_inputs: JSON.stringify(inputs) }),
	};
}
