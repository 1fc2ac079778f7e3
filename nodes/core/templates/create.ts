import { InputError } from '../inputError';

import { authenticationToCreate } from './create/authentication';
import { bodyToCreate } from './create/body';
import { buttonsToCreate } from './create/buttons';
import { cardsToCreate } from './create/cards';
import { nameToCreate, oneOf, refuseIf, refusePlaceholders, requiredText } from './create/checks';
import type { TemplateDraft } from './create/draft';
import { headerToCreate } from './create/header';
import { formatOf } from './create/sampledText';
import type { ComponentDefinition, TemplateDefinition } from './definition';
import { isNamed } from './definition';

/** The body of Meta's request that creates a template. */
export interface TemplateToCreate {
	name: string;
	language: string;
	category: string;
	/** Set for named placeholders; positions are Meta's default. */
	parameter_format?: 'NAMED';
	/** Set for bills in marketing templates; utility templates are bills by their button alone. */
	display_format?: 'ORDER_DETAILS';
	components: ComponentDefinition[];
}

/** The body of Meta's request that edits a template. */
export type TemplateToEdit = Pick<TemplateToCreate, 'components'> & { category?: string };

const CATEGORIES = ['MARKETING', 'UTILITY', 'AUTHENTICATION'] as const;
const EDITABLE = ['APPROVED', 'REJECTED', 'PAUSED', 'DISABLED'];
const BODY_LIMIT = 1024;
const OFFER_BODY_LIMIT = 600;
const OFFER_LIMIT = 16;
const FOOTER_LIMIT = 60;

/**
 * The request that creates a template, by Meta's rules as far as they can be known beforehand
 * (Meta: Message Template API, Template components, Template review). Meta's review may still
 * refuse the content.
 * @throws InputError that names the field
 */
export function templateToCreate(draft: TemplateDraft): TemplateToCreate {
	const name = nameToCreate(draft.name);
	const language = requiredText('Language', draft.language).replace('-', '_');
	refuseIf(
		!/^[a-z]{2,3}(_[A-Z]{2,4})?$/.test(language),
		'Language',
		`'Language' is '${language}', which is no language code.`,
		"Give one of Meta's codes, such as 'en_US' or 'de'.",
	);
	const category = oneOf('Category', draft.category, CATEGORIES);
	const components = componentsToCreate(draft, category);
	return {
		name,
		language,
		category,
		...(formatIn(components) === 'NAMED' && { parameter_format: 'NAMED' }),
		...(category === 'MARKETING' && isBill(components) && { display_format: 'ORDER_DETAILS' }),
		components,
	};
}

function isBill(components: ComponentDefinition[]): boolean {
	return components.some(({ buttons }) => buttons?.some(({ type }) => type === 'ORDER_DETAILS'));
}

/**
 * The request that replaces the content of a template. Name, language and the kind of placeholders
 * are fixed, and so is the category once Meta has approved it (Meta: Template management).
 * @param draft without a category, the template keeps its own
 * @throws InputError that names the field
 */
export function templateToEdit(
	definition: TemplateDefinition,
	draft: Omit<TemplateDraft, 'name' | 'language' | 'category'> & { category?: string },
): TemplateToEdit {
	const { name, language, status } = definition;
	refuseIf(
		!EDITABLE.includes(status.toUpperCase()),
		'Template',
		`Template '${name}' (${language}) has the status ${status}, and Meta accepts edits of approved, rejected, paused and disabled templates only.`,
		'Wait until Meta has reviewed it, or create another template.',
	);
	const category = oneOf('Category', draft.category || definition.category, CATEGORIES);
	const changed = category !== definition.category.toUpperCase();
	refuseIf(
		changed && status.toUpperCase() === 'APPROVED',
		'Category',
		`Template '${name}' is approved as ${definition.category}, and Meta keeps that category.`,
		'Create another template for the other category.',
	);
	const components = componentsToCreate({ ...draft, name, language, category }, category);
	const format = formatIn(components);
	refuseIf(
		format && (format === 'NAMED') !== isNamed(definition),
		'Body',
		`'Body' or header has ${isNamed(definition) ? 'numbered' : 'named'} placeholders, and template '${name}' was created with ${isNamed(definition) ? 'named' : 'numbered'} ones, which cannot be changed.`,
		`Write ${isNamed(definition) ? '{{first_name}}' : '{{1}}'}, or create another template.`,
	);
	return { ...(changed && { category }), components };
}

function componentsToCreate(draft: TemplateDraft, category: string): ComponentDefinition[] {
	if (category === 'AUTHENTICATION') return authenticationToCreate(draft);
	const { header, footer, offer, cards = [], buttons = [] } = draft;
	const components: ComponentDefinition[] = [];
	if (header?.format) components.push(headerToCreate(header));
	if (offer) components.push(offerToCreate(offer));
	components.push(bodyToCreate(draft, offer ? OFFER_BODY_LIMIT : BODY_LIMIT));
	if (footer?.trim()) components.push(footerToCreate(footer));
	if (draft.callPermission) components.push({ type: 'CALL_PERMISSION_REQUEST' });
	if (cards.length > 0) components.push(cardsToCreate(cards));
	if (buttons.length > 0) components.push(buttonsToCreate(buttons));
	checkCombination(components, category);
	return components;
}

function footerToCreate(raw: string): ComponentDefinition {
	const text = requiredText('Footer', raw, FOOTER_LIMIT);
	refusePlaceholders('Footer', text);
	refuseIf(/[\r\n]/.test(text), 'Footer', "'Footer' has a line break.", 'Write it in one line.');
	return { type: 'FOOTER', text };
}

function offerToCreate({ text, expires = false }: { text: string; expires?: boolean }) {
	const line = requiredText('Offer Text', text, OFFER_LIMIT);
	refusePlaceholders('Offer Text', line);
	return {
		type: 'LIMITED_TIME_OFFER',
		limited_time_offer: { text: line, has_expiration: expires },
	};
}

/** What Meta refuses in one template, though each part is right. */
function checkCombination(components: ComponentDefinition[], category: string): void {
	const part = (type: string) => components.find((component) => component.type === type);
	const types = part('BUTTONS')?.buttons?.map(({ type }) => type) ?? [];
	const format = part('HEADER')?.format;

	refuseIf(
		types.includes('OTP'),
		'Buttons',
		"'Buttons' has a button for a one-time code, which only authentication templates can have.",
		"Choose the category 'AUTHENTICATION', or remove the button.",
	);
	refuseIf(
		types.includes('SPM') !== (format === 'PRODUCT'),
		'Buttons',
		"'Buttons' and 'Header' do not fit: a button of the type SPM and a product header belong together.",
		'Add the one that is missing, or remove the other.',
	);
	for (const [type, name] of [
		['LIMITED_TIME_OFFER', 'limited-time offer'],
		['CAROUSEL', 'carousel'],
	]) {
		refuseIf(
			part(type) && category !== 'MARKETING',
			'Category',
			`'Category' is ${category}, and Meta accepts a ${name} in marketing templates only.`,
			"Choose 'MARKETING'.",
		);
		refuseIf(
			part(type) && part('FOOTER'),
			'Footer',
			`'Footer' is filled, and a template with a ${name} has none.`,
			'Leave it empty.',
		);
	}
	refuseIf(
		part('LIMITED_TIME_OFFER') && format && format !== 'IMAGE' && format !== 'VIDEO',
		'Header',
		`'Header' is ${format}, and a limited-time offer has an image, a video or none.`,
		'Choose another header.',
	);
	refuseIf(
		part('LIMITED_TIME_OFFER') && !['URL', 'COPY_CODE,URL'].includes(types.join()),
		'Buttons',
		"'Buttons' of a limited-time offer must be a link, with a copy-code button before it if there is a code.",
		'Give a button of the type COPY_CODE first and one of the type URL second.',
	);
	refuseIf(
		part('CAROUSEL') && (format || types.length > 0),
		format ? 'Header' : 'Buttons',
		`'${format ? 'Header' : 'Buttons'}' is filled, and in a template with a carousel only the cards have that.`,
		'Put it into the cards.',
	);
}

/** How the placeholders of header, body and cards are written. @throws InputError when mixed */
function formatIn(components: ComponentDefinition[]) {
	const inCards = components.flatMap(({ cards = [] }) => cards.flatMap((card) => card.components));
	const formats = [...components, ...inCards].map(({ text }) => formatOf(text ?? ''));
	const known = [...new Set(formats.filter(Boolean))];
	if (known.length < 2) return known[0];
	throw new InputError(
		'Body',
		"'Body', header and cards have both numbered and named placeholders.",
		'Use one kind in the whole template.',
	);
}
