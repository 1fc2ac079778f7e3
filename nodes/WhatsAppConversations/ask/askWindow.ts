import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { closedWindowProperties } from '../descriptions/closedWindow';

/**
 * What to do with a question that the window does not permit. A second output is not among it: the
 * first one is where n8n goes on when nobody answers. A question that is held makes no sense.
 */
export const askWindowProperties: INodeProperties[] = closedWindowProperties
	.filter(({ name }) => name !== 'holdNotice')
	.map((property) =>
		property.name === 'whenWindowClosed'
			? {
					...property,
					options: (property.options as INodePropertyOptions[]).filter(isForQuestions),
				}
			: property,
	);

function isForQuestions({ value }: INodePropertyOptions): boolean {
	return value !== 'output' && value !== 'hold';
}
