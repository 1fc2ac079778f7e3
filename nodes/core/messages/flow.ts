import { optionalObject } from '../input/json';
import { NO_LIMIT, optionalLabel, optionalText, requiredLabel } from '../input/text';
import { InputError } from '../inputError';

import { interactive, partsOf, type PartsInput } from './interactive';
import type { FlowMessage, FlowParameters } from './types';

/** The longest text of the button, in characters (Meta: Messages API reference). */
const MAX_BUTTON_TEXT = 30;

export interface FlowInput extends PartsInput {
	/** The Flow's ID; or its name, which must then stay the same. */
	flowId?: unknown;
	flowName?: unknown;
	buttonText: unknown;
	/** Text of one's own that comes back with the filled form. */
	token?: unknown;
	/**
	 * Who chooses the first screen: this message (`navigate`, also when absent) or the endpoint of the
	 * Flow (`data_exchange`).
	 */
	action?: 'navigate' | 'data_exchange';
	/** The ID of the first screen; the first one of the Flow when empty. */
	screen?: unknown;
	/** What the first screen is filled with: an object or its JSON text. */
	data?: unknown;
	/** Opens the unpublished version, for tests. */
	draft?: boolean;
}

function flowReference({
	flowId,
	flowName,
}: FlowInput): { flow_id: string } | { flow_name: string } {
	const id = optionalLabel('Flow ID', flowId, NO_LIMIT);
	const name = optionalLabel('Flow Name', flowName, NO_LIMIT);
	if (id !== undefined && name !== undefined) {
		throw new InputError(
			'Flow Name',
			"'Flow Name' cannot be used together with 'Flow ID'.",
			'Empty one of the two.',
		);
	}
	return name !== undefined
		? { flow_name: name }
		: { flow_id: requiredLabel('Flow ID', flowId, NO_LIMIT) };
}

function firstScreen(
	input: FlowInput,
): Pick<FlowParameters, 'flow_action' | 'flow_action_payload'> {
	const data = optionalObject('Screen Data', input.data);
	const screen = optionalLabel('Screen', input.screen, NO_LIMIT);
	if (input.action === 'data_exchange') {
		const field = screen !== undefined ? 'Screen' : 'Screen Data';
		if (screen === undefined && data === undefined) return { flow_action: 'data_exchange' };
		throw new InputError(
			field,
			`'${field}' cannot be sent when the endpoint of the Flow chooses the first screen.`,
			'Leave it empty, or let the message choose the screen.',
		);
	}
	if (screen === undefined) {
		if (data === undefined) return input.action ? { flow_action: input.action } : {};
		throw new InputError(
			'Screen',
			"'Screen' is empty, but 'Screen Data' is not.",
			"Fill in the ID of the screen that the data belongs to, or empty 'Screen Data'.",
		);
	}
	return {
		flow_action: 'navigate',
		flow_action_payload: { screen, ...(data && { data }) },
	};
}

/**
 * A text with a button that opens a form (a WhatsApp Flow); the filled form comes back as a message
 * of the contact (Meta: Sending a Flow).
 *
 * @throws InputError('Body', 'Header', 'Footer', 'Flow ID', 'Flow Name', 'Button Text', 'Flow Token',
 * 'Screen', 'Screen Data', or a field of the header's file)
 */
export function flowMessage(input: FlowInput): FlowMessage {
	const token = optionalText('Flow Token', input.token, NO_LIMIT);
	return interactive('flow', partsOf(input), {
		name: 'flow',
		parameters: {
			flow_message_version: '3',
			...flowReference(input),
			flow_cta: requiredLabel('Button Text', input.buttonText, MAX_BUTTON_TEXT),
			...(token !== undefined && { flow_token: token }),
			...firstScreen(input),
			...(input.draft && { mode: 'draft' }),
		},
	});
}
