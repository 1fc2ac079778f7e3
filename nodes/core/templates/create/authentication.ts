import type { ComponentDefinition } from '../definition';

import { buttonsToCreate } from './buttons';
import { refuseIf } from './checks';
import type { TemplateDraft } from './draft';

const MINUTES = { least: 1, most: 90 };

/**
 * The components of a new authentication template: Meta writes the texts, the user chooses the
 * button and two sentences (Meta: Authentication templates).
 * @throws InputError
 */
export function authenticationToCreate(draft: TemplateDraft): ComponentDefinition[] {
	const { securityRecommendation, codeExpirationMinutes: minutes, buttons = [] } = draft;
	refuseTexts(draft);
	refuseIf(
		minutes !== undefined &&
			!(Number.isInteger(minutes) && minutes >= MINUTES.least && minutes <= MINUTES.most),
		'Code Expires After',
		`'Code Expires After' is ${minutes}; Meta accepts whole minutes from ${MINUTES.least} to ${MINUTES.most}.`,
		'Give the minutes for which the code is valid, or leave the field empty.',
	);
	const component = buttonsToCreate(buttons);
	refuseIf(
		component.buttons?.map(({ type }) => type).join() !== 'OTP',
		'Buttons',
		"'Buttons' of an authentication template must be one button for the one-time code.",
		'Give one button of the type OTP.',
	);
	return [
		{
			type: 'BODY',
			...(securityRecommendation !== undefined && {
				add_security_recommendation: securityRecommendation,
			}),
		},
		...(minutes === undefined ? [] : [{ type: 'FOOTER', code_expiration_minutes: minutes }]),
		component,
	];
}

function refuseTexts({ header, body, footer, offer, cards, callPermission }: TemplateDraft): void {
	const parts = {
		Header: header?.format,
		Body: body?.trim(),
		Footer: footer?.trim(),
		'Offer Text': offer?.text,
		Cards: cards?.length,
		'Ask for Permission to Call': callPermission,
	};
	for (const [label, part] of Object.entries(parts)) {
		refuseIf(
			part,
			label,
			`'${label}' is filled, but Meta writes authentication templates itself.`,
			'Leave it empty, or choose another category.',
		);
	}
}
