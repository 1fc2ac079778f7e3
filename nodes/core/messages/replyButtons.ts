import { entriesOf, refuseRepeats } from '../input/entries';
import { isEmpty } from '../input/given';
import { checkUnknown } from '../input/namedTexts';
import { optionalLabel, requiredLabel } from '../input/text';
import { InputError } from '../inputError';

import {
	interactive,
	MAX_BUTTON_ID,
	MAX_BUTTON_TEXT,
	partsOf,
	type PartsInput,
} from './interactive';
import type { ReplyButtonsMessage } from './types';

/** Meta: Interactive reply buttons messages. */
const MAX_BUTTONS = 3;

export interface ReplyButtonInput {
	/** What the contact reads and taps. */
	title: unknown;
	/** What the trigger reports when the button is tapped; the title when empty. */
	id?: unknown;
}

export interface ReplyButtonsInput extends PartsInput {
	/** 1 to 3. */
	buttons: ReplyButtonInput[];
}

/**
 * A button that sends an answer.
 *
 * @param place what the button is called: `Button 2`
 * @throws InputError('Button Text', 'Button ID', or 'Buttons' for what WhatsApp does not know)
 */
export function replyButton(
	button: ReplyButtonInput,
	place: string,
): { id: string; title: string } {
	checkUnknown('Buttons', { ...button }, ['title', 'id'], { where: `${place}: ` });
	const title = requiredLabel('Button Text', button.title, MAX_BUTTON_TEXT, `${place}: `);
	const id = optionalLabel('Button ID', button.id, MAX_BUTTON_ID, `${place}: `) ?? title;
	return { id, title };
}

/**
 * A text with one to three buttons; a tap comes back as a message of the contact. Texts and IDs of
 * the buttons must differ.
 *
 * @throws InputError('Body', 'Header', 'Footer', 'Buttons', 'Button Text', 'Button ID', or a field
 * of the header's file)
 */
export function replyButtonsMessage(input: ReplyButtonsInput): ReplyButtonsMessage {
	const parts = partsOf(input);
	refuseMany(input.buttons);
	const buttons = entriesOf('Buttons', input.buttons, [1, MAX_BUTTONS]);
	const places = buttons.map((_, index) => `Button ${index + 1}`);
	const replies = buttons.map((button, index) => replyButton(button, places[index]));
	refuseRepeats(
		'Button Text',
		replies.map(({ title }) => title),
		places,
	);
	refuseRepeats(
		'Button ID',
		replies.map(({ id }) => id),
		places,
	);
	return interactive('button', parts, {
		buttons: replies.map((reply) => ({ type: 'reply', reply })),
	});
}

/** Who has more answers to offer is not helped by leaving some out. @throws InputError('Buttons') */
function refuseMany(buttons: unknown): void {
	if (!Array.isArray(buttons) || buttons.length <= MAX_BUTTONS) return;
	// n8n makes an entry of each character of an expression.
	const isExpression = buttons.every((button: Partial<ReplyButtonInput>) => isEmpty(button?.title));
	throw new InputError(
		'Buttons',
		isExpression
			? "'Buttons' holds an expression in the place of its entries, which n8n does not take there."
			: `'Buttons' has ${buttons.length} entries; WhatsApp takes at most ${MAX_BUTTONS}.`,
		isExpression
			? "Add each button in the form, with an expression as its 'Button Text'. Or choose 'List', whose rows may come as JSON."
			: "Remove some, so that three are left, or choose 'List' in the place of buttons, which takes up to ten.",
	);
}
