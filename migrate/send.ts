import { parametersOf, templateFields, templateNamed } from './message';
import { filled, listIn, objectIn, textIn, type Note, type Values } from './workflow';

/** The choice of a business number that is known by its ID, or is still to be made. */
export function businessNumber(id: unknown, note: Note): Values {
	const value = textIn(id).trim();
	if (value !== '') return { __rl: true, mode: 'id', value };
	note('choose', "Choose 'Business Number', if your account has several.");
	return { __rl: true, mode: 'list', value: '' };
}

/**
 * The parameters of our node in place of those of n8n's own. Where names are missing that n8n's node
 * has, those are tried that generated workflows have in their place.
 */
export function sendParameters(old: Values, note: Note): Values {
	if (old.resource === 'media') return mediaParameters(old, note);
	const to = old.recipientPhoneNumber ?? old.to ?? old.recipient ?? old.phoneNumber;
	const shared = {
		resource: 'message',
		businessNumber: businessNumber(old.phoneNumberId, note),
		to: textIn(to),
	};
	const operation = textIn(old.operation) || 'sendTemplate';
	if (operation === 'sendAndWait') return { ...shared, ...questionParameters(old, note) };
	if (operation === 'sendTemplate') return { ...shared, ...templateParameters(old, note) };
	if (operation !== 'send') note('check', `Its operation '${operation}' is taken for 'Send'.`);
	return { ...shared, operation: 'send', ...contentParameters(old, note) };
}

function mediaParameters(old: Values, note: Note): Values {
	const resource = 'media';
	switch (textIn(old.operation)) {
		case 'mediaUrlGet':
			return { resource, operation: 'download', mediaId: textIn(old.mediaGetId), options: {} };
		case 'mediaDelete':
			return { resource, operation: 'delete', mediaId: textIn(old.mediaDeleteId) };
		default: {
			const name = textIn(objectIn(old.additionalFields).mediaFileName);
			if (name) note('left', `The file name '${name}' is given where the file is sent.`);
			return {
				resource,
				operation: 'upload',
				businessNumber: businessNumber(old.phoneNumberId, note),
				binaryField: textIn(old.mediaPropertyName) || 'data',
				mediaType: 'automatic',
			};
		}
	}
}

const MEDIA = ['audio', 'document', 'image', 'video'];

function contentParameters(old: Values, note: Note): Values {
	const type = textIn(old.messageType) || 'text';
	const more = objectIn(old.additionalFields);
	if (MEDIA.includes(type)) return fileParameters(type, old, more, note);
	if (type === 'location') {
		const { name, address } = objectIn(more.nameAndAddress);
		return {
			messageType: type,
			latitude: textIn(old.latitude),
			longitude: textIn(old.longitude),
			...filled({ locationName: name, locationAddress: address }),
			options: {},
		};
	}
	if (type === 'contacts') {
		return {
			messageType: type,
			contactsSource: 'fields',
			contacts: { contact: [contactOf(objectIn(old.name).data, more)] },
			options: {},
		};
	}
	if (type !== 'text') note('check', `Its type '${type}' is taken for a text.`);
	const text = old.textBody ?? old.message ?? old.text ?? old.body ?? '';
	const { previewUrl } = more;
	return {
		messageType: 'text',
		text: textIn(text),
		options: previewUrl === undefined ? {} : { previewUrl },
	};
}

function fileParameters(type: string, old: Values, more: Values, note: Note): Values {
	const source = textIn(old.mediaPath) || 'useMediaLink';
	const file =
		source === 'useMediaId'
			? { mediaSource: 'id', mediaId: textIn(old.mediaId) }
			: source === 'useMedian8n'
				? { mediaSource: 'binary', binaryField: textIn(old.mediaPropertyName) || 'data' }
				: { mediaSource: 'link', link: textIn(old.mediaLink) };
	const caption = more.mediaCaption ?? old.mediaCaption;
	if (caption && type === 'audio') note('left', 'An audio has no caption, which was left out.');
	const fileName = old.mediaFilename ?? more.mediaFilename;
	return {
		messageType: type,
		...file,
		...(type !== 'audio' && filled({ caption })),
		...(type === 'document' && filled({ fileName })),
		options: {},
	};
}

function contactOf(name: unknown, more: Values): Values {
	const given = objectIn(name);
	const organization = objectIn(objectIn(more.organization).data);
	const entries = (list: unknown, key: string) => listIn(objectIn(list)[key]).map(objectIn);
	const several = (key: string, values: Values[]) => (values.length > 0 ? { [key]: values } : '');
	return filled({
		formattedName: given.formatted_name,
		firstName: given.first_name,
		lastName: given.last_name,
		middleName: given.middle_name,
		prefix: given.prefix,
		suffix: given.suffix,
		birthday: more.birthday,
		company: organization.company,
		department: organization.department,
		title: organization.title,
		phones: several(
			'phone',
			entries(more.phones, 'data').map(({ phone, type, whatsapp_user_id: waId }) => ({
				phone: textIn(phone),
				type: textIn(type) || 'CELL',
				...filled({ waId }),
			})),
		),
		emails: several(
			'email',
			entries(more.emails, 'data').map(({ email, type }) => ({
				email: textIn(email),
				type: textIn(type) || 'HOME',
			})),
		),
		urls: several(
			'url',
			entries(more.urls, 'url').map(({ url, type }) => ({
				url: textIn(url),
				type: textIn(type) || 'HOME',
			})),
		),
		addresses: several(
			'address',
			entries(more.addresses, 'address').map(({ country_code: countryCode, type, ...address }) => ({
				...address,
				type: textIn(type) || 'HOME',
				...filled({ countryCode }),
			})),
		),
	});
}

function templateParameters(old: Values, note: Note): Values {
	const name = textIn(old.template ?? old.templateName);
	const language = textIn(old.templateLanguage ?? old.languageCode) || 'en_US';
	const key =
		name === '' || name.startsWith('=') || name.includes('|') ? name : `${name}|${language}`;
	if (key === '') note('choose', "Choose 'Template'.");
	note('check', 'A marketing template is held back without an opt-in on record.');
	return {
		operation: 'sendTemplate',
		template: key === '' ? { __rl: true, mode: 'list', value: '' } : templateNamed(key),
		templateFields: templateFields(valuesOf(old.components, note)),
		options: {},
	};
}

/** The values of a template, put in Meta's words first. */
function valuesOf(components: unknown, note: Note): Values {
	const given = Array.isArray(components) ? components : listIn(objectIn(components).component);
	const cloud = given.map(objectIn).map(({ type = 'body', index, ...component }) => ({
		type,
		index: textIn(index) || '0',
		parameters: parametersIn(objectIn(component[`${textIn(type)}Parameters`]).parameter).map(
			inMeta,
		),
	}));
	const message = { type: 'template', template: { components: cloud } };
	return objectIn(objectIn(parametersOf(message, note)?.templateFields).value);
}

/** A list, or the one of a button. */
function parametersIn(given: unknown): Values[] {
	return (Array.isArray(given) ? given : given === undefined ? [] : [given]).map(objectIn);
}

function inMeta(parameter: Values): Values {
	const { text, payload } = parameter;
	const type = textIn(parameter.type) || (payload === undefined ? 'text' : 'payload');
	switch (type) {
		case 'image':
			return { type, image: { link: parameter.imageLink } };
		case 'currency': {
			const { fallback_value: shown, amount_1000: amount, code } = parameter;
			const value = textIn(shown) || `${textIn(amount)} ${textIn(code)}`.trim();
			return { type, currency: { fallback_value: value } };
		}
		case 'date_time':
			return { type, date_time: { fallback_value: parameter.date_time } };
		case 'payload':
			return { type, payload: textIn(payload) };
		default:
			return { type, text: textIn(text) };
	}
}

/** n8n's node sends a link to a page of n8n; here the contact answers in WhatsApp. */
function questionParameters(old: Values, note: Note): Values {
	const { limitWaitTime } = objectIn(old.options);
	const options = limitWaitTime === undefined ? {} : { limitWaitTime };
	const message = textIn(old.message);
	note(
		'check',
		'The contact answers in WhatsApp, no longer on a page of n8n. The answer comes through the trigger of the same number, which has to be published. A run asks one question.',
	);
	if (old.responseType === 'freeText' || old.responseType === 'customForm') {
		if (old.responseType === 'customForm') {
			note(
				'left',
				'Its form became a question in free text. Ask by a WhatsApp Flow for several fields.',
			);
		}
		return { operation: 'sendAndWait', message, responseType: 'freeText', options };
	}
	const values = objectIn(objectIn(old.approvalOptions).values);
	const approvalType = textIn(values.approvalType) || 'single';
	const approveLabel = textIn(values.approveLabel) || '✓ Approve';
	const disapproveLabel = textIn(values.disapproveLabel) || '✗ Decline';
	return {
		operation: 'sendAndWait',
		message,
		responseType: 'approval',
		approvalOptions: {
			values: {
				approvalType,
				approveLabel,
				...(approvalType === 'double' && { disapproveLabel }),
			},
		},
		otherAnswers: 'startWorkflow',
		options,
	};
}
