import type { IDataObject } from 'n8n-workflow';

import { applySetting, type FallbackTemplate } from '../../core/conversation/applySetting';
import { explain } from '../../core/conversation/explain';
import { InputError } from '../../core/inputError';
import { fallbackTemplateNames } from '../descriptions/template';
import type { Item } from '../run/item';
import { chosenTemplate } from '../templates/chosen';
import { readyTemplate, type ReadyTemplate } from '../templates/readyTemplate';
import { decisionView } from '../views/decisionView';

import { addresseeOfTemplate } from './addressee';
import type { Draft } from './draft';
import { withoutQuote } from './envelope';
import { judge, Overtaken, type Judgement } from './judgement';
import { judgeTemplate, sendTemplate } from './template';

/** The template that goes out when the window is closed, with what the rules say about it now. */
export interface Fallback extends FallbackTemplate {
	template: ReadyTemplate;
}

/** @throws InputError when it cannot be sent: then nothing is sent at all (rule T13) */
export async function fallbackFor(
	item: Item,
	draft: Draft,
	{ state, closed }: Judgement,
): Promise<Fallback> {
	try {
		draft.fallback ??= await readyFallback(item, draft);
		const template = draft.fallback;
		// Whether it can go to the contact at all.
		addresseeOfTemplate(item, draft, template.definition);
		const { decision, about } = judgeTemplate(item, draft, template, state);
		const { name } = template.definition;
		return { name, decision, text: explain(decision, about), template };
	} catch (error) {
		throw withoutTemplate(error, closed);
	}
}

async function readyFallback(
	item: Item,
	{ adaptFallback = (chosen) => chosen }: Draft,
): Promise<ReadyTemplate> {
	const chosen = await chosenTemplate(item, fallbackTemplateNames);
	return await readyTemplate(item, adaptFallback(chosen));
}

const FIELD = 'Template Instead';

/** Says first why a template was needed at all, and names the field as the panel does. */
function withoutTemplate(error: unknown, closed: string): unknown {
	if (!(error instanceof InputError)) return error;
	const { field, message, hint } = error;
	return new InputError(
		field === 'Template' ? FIELD : field,
		`${closed}, and '${FIELD}' was not sent either: ${message.replace("'Template'", `'${FIELD}'`)}`,
		hint,
	);
}

/**
 * Sends the template instead of the free-form message, unless that may go out again or the template
 * may not any more when its time has come.
 *
 * @throws Overtaken, InputError, ProviderRefusal
 */
export async function sendFallback(
	item: Item,
	draft: Draft,
	{ template }: Fallback,
): Promise<IDataObject> {
	return await sendTemplate(item, withoutQuote(draft), template, async () => {
		const judgement = await judge(item, draft);
		if (judgement.decision.outcome !== 'templateNeeded') throw new Overtaken(judgement);
		const fallback = await fallbackFor(item, draft, judgement);
		const applied = applySetting(draft.setting, judgement, fallback);
		if (applied.action !== 'sendTemplate') throw new Overtaken(judgement);
		return decisionView(judgement.decision, applied, true);
	});
}
