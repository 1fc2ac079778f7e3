import type { IDataObject } from 'n8n-workflow';

import {
	decide,
	type ContactState,
	type Outgoing,
	type Policy,
	type TemplateCategory,
} from '../../core/conversation/decide';
import { explain } from '../../core/conversation/explain';
import type { Sender } from '../input/sender';

import { explanationContext } from './decisionView';

/** Who asks, and when. */
interface Asked {
	sender: Sender;
	/** Epoch seconds. */
	now: number;
	timeZone: string;
}

/** Whether a message of each kind would be let through now, and why. */
export function maySendView(
	state: ContactState,
	policy: Policy,
	{ now, sender, timeZone }: Asked,
): IDataObject {
	const may = (message: Outgoing): IDataObject => {
		const decision = decide(message, state, policy, now);
		const template =
			message.kind === 'template' ? { name: '', category: message.category } : undefined;
		const about = { ...state, now, sender, template, isQuestion: true };
		return {
			allowed: decision.outcome === 'allowed',
			reason: decision.reason,
			...explain(decision, explanationContext(timeZone, about)),
		};
	};
	const mayTemplate = (category: TemplateCategory) => may({ kind: 'template', category });
	return {
		freeForm: may({ kind: 'freeForm' }),
		utilityTemplate: mayTemplate('utility'),
		marketingTemplate: mayTemplate('marketing'),
		authenticationTemplate: mayTemplate('authentication'),
	};
}
