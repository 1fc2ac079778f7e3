import type { INodeProperties } from 'n8n-workflow';

import { sortedOptions } from '../../../shared/sortedOptions';
import { limitWaitTimeOption } from '../../ask/waitLimit';
import {
	cleanUpOption,
	confirmsOptOutOption,
	convertMarkdownOption,
	dryRunOption,
	identityKeyHashOption,
	messagesPerSecondOption,
	replyToOption,
	sentByOption,
	takeOverOption,
	templateCategoryOption,
	templateConsentOptions,
	trackingDataOption,
	windowOptions,
} from '../../descriptions/options';

import { contentOptions } from './content';

/** What 'Options' has for a message of any type. */
export const sendOptions: INodeProperties[] = sortedOptions([
	...windowOptions,
	...templateConsentOptions,
	...contentOptions,
	cleanUpOption,
	confirmsOptOutOption,
	convertMarkdownOption,
	dryRunOption,
	messagesPerSecondOption,
	sentByOption,
	takeOverOption,
	templateCategoryOption,
	{
		...limitWaitTimeOption,
		displayOptions: { show: { '/whenWindowClosed': ['hold'] } },
	},
	identityKeyHashOption,
	replyToOption,
	trackingDataOption,
]);
