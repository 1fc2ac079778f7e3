import { isObject } from '../../isObject';
import { EVERYTHING } from '../capabilities';
import type { CloudDialect } from '../dialect';

import { metaCodeOf } from './gupshupCodes';
import { META } from './meta';

/** Gupshup for partners, version 3 (Gupshup: V3 passthrough). */
export const GUPSHUP: CloudDialect = {
	...META,
	provider: 'Gupshup Partner v3',
	capabilities: {
		...EVERYTHING,
		userIds: false,
		markRead: false,
		typingIndicator: false,
		mediaDownload: false,
		mediaDelete: false,
		templateList: false,
		businessNumberList: false,
		registration: false,
	},
	paths: { ...META.paths, messages: () => ['v3', 'message'], media: () => ['media'] },
	upload: { fields: (mimeType) => ({ file_type: mimeType }), idIn: 'mediaId' },
	errorOf: (answer) => {
		if (!isObject(answer)) return undefined;
		const error = isObject(answer.error) ? answer.error : answer;
		const code = metaCodeOf(error.code);
		return code
			? { error: { code, message: String(error.message ?? error.reason ?? '') } }
			: undefined;
	},
};
