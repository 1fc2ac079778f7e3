import type { INodeProperties } from 'n8n-workflow';

import { sortedOptions } from '../../shared/sortedOptions';
import {
	cleanUpOption,
	sentByOption,
	takeOverOption,
	templateCategoryOption,
	templateConsentOptions,
	trackingDataOption,
	windowOptions,
} from '../descriptions/options';

import { remindAfterOption } from './inLoop';
import { questionOptions } from './questionForm';
import { limitWaitTimeOption } from './waitLimit';

/** What 'Options' has for a question. */
export const askOptions: INodeProperties[] = sortedOptions([
	...windowOptions,
	...templateConsentOptions,
	...questionOptions,
	cleanUpOption,
	limitWaitTimeOption,
	remindAfterOption,
	sentByOption,
	takeOverOption,
	templateCategoryOption,
	trackingDataOption,
]);
