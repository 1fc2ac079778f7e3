import { InputError } from '../../inputError';
import { isObject } from '../../isObject';
import { jsonIn } from '../../json';
import { parseUrl } from '../../parseUrl';
import { numberOf } from '../../phoneNumber';
import type { ButtonDefinition, ComponentDefinition } from '../definition';
import { placeholdersOf } from '../placeholders';

import { oneOf, plainText, refuseIf, refusePlaceholders, requiredText } from './checks';
import type { ButtonDraft } from './draft';

/** @param label display name of a part of the button, such as 'Button 1 · Link' */
type ButtonToCreate = (
	button: ButtonDraft,
	label: (part: string) => string,
) => Omit<ButtonDefinition, 'type'>;

const MOST_BUTTONS = 10;
const TEXT_LIMIT = 25;
const URL_LIMIT = 2000;
const PHONE_LIMIT = 20;
const CODE_LIMIT = 20;
const MINUTES = { least: 1440, most: 43_200 };
const MOST_APPS = 5;
const PACKAGE_LIMIT = 224;

/** How many buttons of a kind a template may have, where Meta says so. */
const LIMITS: Partial<Record<string, number>> = {
	URL: 2,
	PHONE_NUMBER: 1,
	COPY_CODE: 1,
	CATALOG: 1,
	MPM: 1,
	SPM: 1,
	VOICE_CALL: 1,
	REQUEST_CONTACT_INFO: 1,
	ORDER_DETAILS: 1,
	OTP: 1,
};

const BUTTONS: Record<string, ButtonToCreate> = {
	QUICK_REPLY: ({ text }, label) => ({ text: buttonText(text, label) }),
	URL: urlButton,
	PHONE_NUMBER: phoneButton,
	COPY_CODE: ({ example }, label) => ({
		example: requiredText(label('Example'), example, CODE_LIMIT),
	}),
	FLOW: flowButton,
	CATALOG: ({ text }, label) => ({ text: buttonText(text || 'View catalog', label) }),
	MPM: ({ text }, label) => ({ text: buttonText(text || 'View items', label) }),
	SPM: ({ text }, label) => ({ text: buttonText(text || 'View', label) }),
	VOICE_CALL: voiceCallButton,
	ORDER_DETAILS: ({ text }, label) => ({ text: buttonText(text || 'Review and Pay', label) }),
	// Meta writes its text, in the contact's language.
	REQUEST_CONTACT_INFO: () => ({}),
	OTP: otpButton,
};

/**
 * The buttons of a new template (Meta: Template components).
 * @param prefix put before each display name: '' or 'Card 1 · '
 * @throws InputError
 */
export function buttonsToCreate(drafts: ButtonDraft[], prefix = ''): ComponentDefinition {
	const buttons = drafts.map((draft, index): ButtonDefinition => {
		const label = (part: string) => `${prefix}Button ${index + 1} · ${part}`;
		const type = oneOf(label('Type'), draft.type, Object.keys(BUTTONS));
		return { type, ...BUTTONS[type](draft, label) };
	});
	checkSet(
		`${prefix}Buttons`,
		buttons.map(({ type }) => type),
	);
	return { type: 'BUTTONS', buttons };
}

/** The rules about all buttons together. */
function checkSet(label: string, types: string[]): void {
	refuseIf(
		types.length > MOST_BUTTONS,
		label,
		`'${label}' has ${types.length} buttons; Meta accepts at most ${MOST_BUTTONS}.`,
		'Remove some.',
	);
	for (const type of types) {
		const count = types.filter((other) => other === type).length;
		const limit = LIMITS[type] ?? MOST_BUTTONS;
		refuseIf(
			count > limit,
			label,
			`'${label}' has ${count} buttons of the type ${type}; Meta accepts at most ${limit}.`,
			'Remove some.',
		);
	}
	const first = types.indexOf('QUICK_REPLY');
	const group = types.slice(first, types.lastIndexOf('QUICK_REPLY') + 1);
	refuseIf(
		group.some((type) => type !== 'QUICK_REPLY'),
		label,
		`'${label}' has other buttons between the quick replies.`,
		'Put all quick replies before or after the other buttons.',
	);
}

function buttonText(text: string | undefined, label: (part: string) => string): string {
	const checked = plainText(label('Text'), text, TEXT_LIMIT);
	refusePlaceholders(label('Text'), checked);
	return checked;
}

function urlButton(
	{ text, url, example }: ButtonDraft,
	label: (part: string) => string,
): Omit<ButtonDefinition, 'type'> {
	return { ...linkToCreate({ url, example }, label), text: buttonText(text, label) };
}

/**
 * The link of a button, with an example where it ends in a placeholder.
 *
 * @throws InputError
 */
export function linkToCreate(
	{ url: raw, example }: Pick<ButtonDraft, 'url' | 'example'>,
	label: (part: string) => string,
): { url: string; example?: string[] } {
	const url = requiredText(label('Link'), raw, URL_LIMIT).replace(/\{\{\s*(\w+)\s*\}\}/g, '{{$1}}');
	const fixedPart = url.replace(/\{\{\w+\}\}$/, '');
	refuseIf(
		fixedPart.includes('{{'),
		label('Link'),
		`'${label('Link')}' has a placeholder that is not at its end.`,
		'Leave one placeholder, at the very end of the link.',
	);
	refuseIf(
		!/^https?:\/\/[^/]/i.test(fixedPart) || !parseUrl(fixedPart),
		label('Link'),
		`'${label('Link')}' is '${url}', which is no link.`,
		'Give a link that starts with https:// and the name of a website.',
	);
	if (placeholdersOf(url).length === 0) return { url };
	return { url, example: [requiredText(label('Example'), example, URL_LIMIT)] };
}

function phoneButton(
	{ text, phoneNumber }: ButtonDraft,
	label: (part: string) => string,
): Omit<ButtonDefinition, 'type'> {
	const number = phoneNumberToCreate(phoneNumber, label('Phone Number'));
	return { text: buttonText(text, label), phone_number: number };
}

/**
 * The number that a button calls.
 *
 * @throws InputError
 */
export function phoneNumberToCreate(phoneNumber: string | undefined, field: string): string {
	const hint = 'Give the number with its country code, for example +15550051310.';
	// Also one that can only be dialled within its country.
	const not = 'is no phone number';
	const given = numberOf(requiredText(field, phoneNumber), { field, not, hint });
	const number = requiredText(field, given, PHONE_LIMIT);
	refuseIf(!/^\+?\d{5,}$/.test(number), field, `'${field}' ${not}: '${phoneNumber}'.`, hint);
	return number;
}

function flowButton(
	{ text, flowId, flowName, flowJson, screen }: ButtonDraft,
	label: (part: string) => string,
): Omit<ButtonDefinition, 'type'> {
	const given = [flowId, flowName, flowJson].filter(Boolean);
	refuseIf(
		given.length !== 1,
		label('Flow'),
		`'${label('Flow')}' ${given.length === 0 ? 'names no flow' : 'names the flow in several ways'}.`,
		"Give the flow's ID, its name or its JSON.",
	);
	if (flowJson && !isObject(jsonIn(flowJson))) {
		throw new InputError(
			label('Flow'),
			`'${label('Flow')}' holds text that is not a JSON object.`,
			'Copy the whole JSON from the flow builder.',
		);
	}
	return {
		text: buttonText(text, label),
		...(flowId && { flow_id: requiredText(label('Flow'), flowId) }),
		...(flowName && { flow_name: requiredText(label('Flow'), flowName) }),
		...(flowJson && { flow_json: flowJson }),
		flow_action: 'navigate',
		...(screen && { navigate_screen: screen }),
	};
}

function voiceCallButton(
	{ text, minutes }: ButtonDraft,
	label: (part: string) => string,
): Omit<ButtonDefinition, 'type'> {
	refuseIf(
		minutes !== undefined &&
			!(Number.isInteger(minutes) && minutes >= MINUTES.least && minutes <= MINUTES.most),
		label('Minutes Active'),
		`'${label('Minutes Active')}' is ${minutes}; Meta accepts whole minutes from ${MINUTES.least} to ${MINUTES.most}.`,
		'Give 1440 for a day, or up to 43200 for 30 days.',
	);
	return {
		text: buttonText(text, label),
		...(minutes !== undefined && { ttl_minutes: minutes }),
	};
}

function otpButton(
	{ text, otpType, autofillText, apps = [], termsAccepted }: ButtonDraft,
	label: (part: string) => string,
): Omit<ButtonDefinition, 'type'> {
	const type = oneOf(label('Code Button'), otpType, ['COPY_CODE', 'ONE_TAP', 'ZERO_TAP']);
	const common = { otp_type: type, ...(text && { text: buttonText(text, label) }) };
	if (type === 'COPY_CODE') return common;
	refuseIf(
		apps.length === 0 || apps.length > MOST_APPS,
		label('Apps'),
		`'${label('Apps')}' names ${apps.length} apps; a ${type} button needs 1 to ${MOST_APPS}.`,
		'Give the package name and the signing key hash of each Android app that receives the code.',
	);
	refuseIf(
		type === 'ZERO_TAP' && !termsAccepted,
		label('Terms Accepted'),
		`'${label('Terms Accepted')}' is off, and Meta creates no zero-tap template without it.`,
		"Accept Meta's terms for zero-tap codes, or choose another kind of button.",
	);
	return {
		...common,
		...(autofillText && {
			autofill_text: plainText(label('Autofill Text'), autofillText, TEXT_LIMIT),
		}),
		...(type === 'ZERO_TAP' && { zero_tap_terms_accepted: true }),
		supported_apps: apps.map(({ packageName, signatureHash }) => ({
			package_name: requiredText(label('Package Name'), packageName, PACKAGE_LIMIT),
			signature_hash: requiredText(label('Signing Key Hash'), signatureHash),
		})),
	};
}
