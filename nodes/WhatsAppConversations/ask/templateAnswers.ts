import {
	payloadsWithWayBack,
	quickRepliesOf,
	templateChoices,
	type Choice,
} from '../../core/ask/question';
import type { Waiting } from '../../core/ask/reference';
import { InputError } from '../../core/inputError';
import type { ChosenTemplate } from '../templates/chosen';

/**
 * A template whose quick replies are the answers.
 *
 * @param instead the answers of the message that it stands for
 * @param field that chose it
 * @throws InputError when it has none, or cannot be sent at all
 */
export function withAnswers(
	{ template, values }: ChosenTemplate,
	instead: readonly Choice[],
	waiting: Waiting,
	field: string,
): { template: ChosenTemplate; choices: Choice[] } {
	if (template.obstacle) throw template.obstacle;
	const { definition } = template;
	if (quickRepliesOf(definition).length === 0) {
		throw new InputError(
			field,
			`'${field}' is '${definition.name}', which has no quick replies, so nobody could answer by a tap.`,
			'Choose a template with a quick reply for each answer.',
		);
	}
	const choices = templateChoices(definition, values, instead);
	const payloads = payloadsWithWayBack(definition, choices, waiting);
	return { template: { template, values: { ...values, ...payloads } }, choices };
}
