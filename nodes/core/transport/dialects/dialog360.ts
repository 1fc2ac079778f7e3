import { EVERYTHING } from '../capabilities';
import type { CloudDialect } from '../dialect';

import { META } from './meta';

/** 360dialog: one key is one number, so no path names it (360dialog: Messaging, Media). */
export const DIALOG360: CloudDialect = {
	...META,
	provider: '360dialog',
	capabilities: EVERYTHING,
	paths: { ...META.paths, messages: () => ['messages'], media: () => ['media'] },
	filesOnOwnHost: true,
	mediaHosts: [],
	templates: 'all',
	numbers: 'health',
};
