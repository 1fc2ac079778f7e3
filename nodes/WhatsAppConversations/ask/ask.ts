import type { IDataObject } from 'n8n-workflow';

import { choicesOf, withWayBack, type Choice, type ResponseType } from '../../core/ask/question';
import type { Waiting } from '../../core/ask/reference';
import { withoutFiles } from '../actions/message/content/form';
import { chosenTemplateNames } from '../descriptions/template';
import type { Item } from '../run/item';
import { sendByWindow } from '../send/byWindow';
import { draftOf } from '../send/draft';
import type { Envelope } from '../send/envelope';
import { sendPermitted } from '../send/template';
import { chosenTemplate } from '../templates/chosen';
import { readyTemplate } from '../templates/readyTemplate';

import { questionMessage } from './questionMessage';
import { withAnswers } from './templateAnswers';

/** What was sent, and which answers it offers. */
export interface Asked {
	sent: IDataObject;
	choices: Choice[];
}

/** Asks by a template, which may go out at any time. @throws as {@link sendPermitted} */
export async function askByTemplate(
	item: Item,
	envelope: Envelope,
	waiting: Waiting,
): Promise<Asked> {
	const chosen = await chosenTemplate(item, chosenTemplateNames);
	const { template, choices } = withAnswers(chosen, [], waiting, 'Template');
	return {
		sent: await sendPermitted(item, envelope, await readyTemplate(item, template)),
		choices,
	};
}

/** Asks by a free-form message, or by the template that goes out instead. @throws as {@link sendByWindow} */
export async function askFreely(
	item: Item,
	envelope: Envelope,
	type: Exclude<ResponseType, 'template'>,
	waiting: Waiting,
): Promise<Asked> {
	const message = questionMessage(item, type);
	const offered = choicesOf(message);
	let ofTemplate = offered;
	const draft = await draftOf(item, envelope, withoutFiles(withWayBack(message, waiting)));
	if (offered.length > 0) {
		draft.adaptFallback = (chosen) => {
			const { template, choices } = withAnswers(chosen, offered, waiting, 'Template Instead');
			ofTemplate = choices;
			return template;
		};
	}
	const { json } = await sendByWindow(item, draft);
	return { sent: json, choices: json.sentAs === 'template' ? ofTemplate : offered };
}
