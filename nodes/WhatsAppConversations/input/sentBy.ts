import type { IDataObject } from 'n8n-workflow';

import { choiceIn } from '../../core/input/choice';
import { isEmpty } from '../../core/input/given';

const SENT_BY = ['automation', 'person'] as const;

/** Whether a person writes what is sent, by the option 'Sent By'. @throws InputError */
export function isByPerson({ sentBy }: IDataObject): boolean {
	return !isEmpty(sentBy) && choiceIn('Sent By', sentBy, SENT_BY) === 'person';
}
