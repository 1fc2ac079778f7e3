import { filled, listIn, objectIn, textIn, type Note, type Values } from './workflow';

const MEDIA = ['audio', 'document', 'image', 'sticker', 'video'];

/** The fields of a template as the editor keeps them. Numbered, as n8n's own node and most requests do. */
export function templateFields(value: Values): Values {
	return {
		mappingMode: 'defineBelow',
		value,
		matchingColumns: [],
		schema: Object.keys(value).map((id) => ({
			id,
			displayName: id,
			required: false,
			defaultMatch: false,
			display: true,
			type: 'string',
			canBeUsedToMatch: false,
			removed: false,
		})),
		attemptToConvertTypes: false,
		convertFieldsToString: false,
	};
}

/** The choice of a template by its name and language. */
export function templateNamed(value: string): Values {
	return { __rl: true, mode: 'name', value };
}

/**
 * The parameters of our node that say what a message of Meta's API says, but for the number and the
 * recipient.
 *
 * @returns undefined where our node has no such message
 */
export function parametersOf(message: Values, note: Note): Values | undefined {
	if (message.status === 'read') {
		const typing = message.typing_indicator !== undefined;
		return { operation: 'markRead', messageId: textIn(message.message_id), typing, options: {} };
	}
	const type = textIn(message.type) || (message.text ? 'text' : '');
	const content = objectIn(message[type]);
	const options = optionsOf(message);
	if (type === 'template') {
		const fields = fieldsOf(content, note);
		const language = textIn(objectIn(content.language).code ?? content.language) || 'en_US';
		return {
			operation: 'sendTemplate',
			template: templateNamed(joined(textIn(content.name), language)),
			templateFields: templateFields(fields),
			options,
		};
	}
	if (type === 'reaction') {
		const { message_id: messageId, emoji } = content;
		return {
			operation: 'react',
			messageId: textIn(messageId),
			emoji: textIn(emoji),
			options: filled({ trackingData: options.trackingData }),
		};
	}
	const form = formOf(type, content, message);
	if (!form) return undefined;
	const { options: own, ...parameters } = form;
	return { operation: 'send', ...parameters, options: { ...options, ...objectIn(own) } };
}

/** Name and language with | between them, each of which may be an expression. */
function joined(name: string, language: string): string {
	if (!name.startsWith('=') && !language.startsWith('=')) return `${name}|${language}`;
	return `=${name.replace(/^=/, '')}|${language.replace(/^=/, '')}`;
}

function optionsOf(message: Values): Values {
	return filled({
		replyTo: objectIn(message.context).message_id,
		trackingData: message.biz_opaque_callback_data,
	});
}

function formOf(type: string, content: Values, message: Values): Values | undefined {
	if (type === 'text') {
		const text = textIn(content.body ?? message.text);
		const previewUrl = content.preview_url;
		return { messageType: type, text, options: previewUrl === undefined ? {} : { previewUrl } };
	}
	if (MEDIA.includes(type)) return mediaForm(type, content);
	if (type === 'location') {
		return {
			messageType: type,
			latitude: textIn(content.latitude),
			longitude: textIn(content.longitude),
			...filled({ locationName: content.name, locationAddress: content.address }),
		};
	}
	if (type === 'contacts') {
		return { messageType: type, contactsSource: 'json', contactsJson: jsonOf(message.contacts) };
	}
	return type === 'interactive' ? interactiveForm(content) : undefined;
}

function mediaForm(type: string, { link, id, caption, filename, voice }: Values): Values {
	return {
		messageType: type,
		...(id === undefined
			? { mediaSource: 'link', link: textIn(link) }
			: { mediaSource: 'id', mediaId: textIn(id) }),
		...(type !== 'audio' && type !== 'sticker' && filled({ caption })),
		...(type === 'document' && filled({ fileName: filename })),
		...(type === 'audio' && voice === true && { options: { voice } }),
	};
}

function interactiveForm(content: Values): Values | undefined {
	const { type, body, footer, header } = content;
	const action = objectIn(content.action);
	const parts = { body: textIn(objectIn(body).text), options: partsOf(header, footer) };
	switch (type) {
		case 'button': {
			const button = listIn(action.buttons).map((entry) => {
				const { title, id } = objectIn(objectIn(entry).reply);
				return { title: textIn(title), id: textIn(id) };
			});
			return { messageType: 'buttons', ...parts, buttons: { button } };
		}
		case 'list': {
			const list = { messageType: 'list', ...parts, buttonText: textIn(action.button) };
			if (!Array.isArray(action.sections)) {
				return { ...list, rowsSource: 'json', rowsJson: textIn(action.sections) };
			}
			if (action.sections.some((section) => !Array.isArray(objectIn(section).rows))) {
				return { ...list, rowsSource: 'json', rowsJson: jsonOf(action.sections) };
			}
			const section = action.sections.map((entry) => {
				const { title, rows } = objectIn(entry);
				const row = listIn(rows).map((given) => {
					const { title: rowTitle, description, id } = objectIn(given);
					return { title: textIn(rowTitle), description: textIn(description), id: textIn(id) };
				});
				return { title: textIn(title), rows: { row } };
			});
			return { ...list, sections: { section } };
		}
		case 'cta_url': {
			const { display_text: buttonText, url } = objectIn(action.parameters);
			return {
				messageType: 'linkButton',
				...parts,
				buttonText: textIn(buttonText),
				url: textIn(url),
			};
		}
		case 'location_request_message':
			return { messageType: 'locationRequest', body: parts.body };
		default:
			return undefined;
	}
}

function partsOf(header: unknown, footer: unknown): Values {
	const { type, text, ...files } = objectIn(header);
	const kind = textIn(type);
	const file = objectIn(files[kind]);
	return {
		...filled({ footer: objectIn(footer).text, header: text }),
		...(['document', 'image', 'video'].includes(kind) && {
			headerFile: {
				file: {
					type: kind,
					file: textIn(file.link ?? file.id),
					...(kind === 'document' && { fileName: textIn(file.filename) }),
				},
			},
		}),
	};
}

/** The values of a template by the IDs of our fields, as Meta's components give them. */
function fieldsOf(template: Values, note: Note): Values {
	const fields: Values = {};
	for (const entry of listIn(template.components)) {
		const component = objectIn(entry);
		const type = textIn(component.type).toLowerCase();
		if (!Array.isArray(component.parameters)) {
			if (component.parameters !== undefined) {
				note('left', 'The values of the template come from one expression. Fill in its fields.');
			}
			continue;
		}
		component.parameters.map(objectIn).forEach((parameter, index) => {
			const place = type === 'button' ? `button:${textIn(component.index) || '0'}` : type;
			const [id, value] = fieldOf(place, parameter, index + 1);
			if (id) fields[id] = value;
			else note('left', `The template has a part that is not known: ${textIn(parameter.type)}.`);
			const name = objectIn(parameter[textIn(parameter.type)]).filename;
			if (name) fields[`${place}:filename`] = textIn(name);
		});
	}
	return fields;
}

function fieldOf(place: string, parameter: Values, number: number): [string, unknown] | [] {
	const type = textIn(parameter.type) || 'text';
	const content = objectIn(parameter[type]);
	if (type === 'text') {
		return [`${place}:${textIn(parameter.parameter_name) || number}`, textIn(parameter.text)];
	}
	if (type === 'payload') return [`${place}:payload`, textIn(parameter.payload)];
	if (type === 'currency' || type === 'date_time') {
		return [`${place}:${number}`, textIn(content.fallback_value)];
	}
	if (['document', 'image', 'video'].includes(type)) {
		return [`${place}:media`, textIn(content.link ?? content.id)];
	}
	return [];
}

/** Data as JSON; with the expressions in it, one whole expression. */
function jsonOf(value: unknown): string {
	if (typeof value === 'string') return value;
	const json = JSON.stringify(value, null, 2);
	if (!json.includes('"=')) return json;
	return `=${json.replace(/"=((?:[^"\\]|\\.)*)"/g, (_, text: string) =>
		/^\{\{((?:(?!\}\}).)*)\}\}$/.test(text)
			? `{{ JSON.stringify(${(JSON.parse(`"${text.slice(2, -2).trim()}"`) as string).trim()}) }}`
			: `"${text}"`,
	)}`;
}
