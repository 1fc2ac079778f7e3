import { EVERYTHING } from '../capabilities';
import type { CloudDialect } from '../dialect';

import { META } from './meta';

/** What the credential says of a provider that is not known here. */
export interface CustomStyle {
	/** `graph`: the number in the path; `flat`: no number; `fixed`: the address itself sends. */
	pathStyle: 'graph' | 'flat' | 'fixed';
	/** `asIs`: files lie where the API says; `sameHost`: on the host of the base URL. */
	mediaHost: 'asIs' | 'sameHost';
	templateList: 'graph' | 'none';
	/** Whether the connection has a number of its own. */
	hasNumber: boolean;
}

const PATHS: Record<CustomStyle['pathStyle'], CloudDialect['paths']> = {
	graph: META.paths,
	flat: { ...META.paths, messages: () => ['messages'], media: () => ['media'] },
	fixed: { messages: () => [], media: () => [], file: () => [] },
};

/** A provider who takes Meta's messages in a way that the credential describes. */
export function customDialect(style: CustomStyle): CloudDialect {
	const hasFiles = style.pathStyle !== 'fixed';
	return {
		...META,
		provider: 'The provider of the credential',
		capabilities: {
			...EVERYTHING,
			mediaUpload: hasFiles,
			mediaDownload: hasFiles,
			mediaDelete: hasFiles,
			templateList: style.templateList === 'graph',
			businessNumberList: style.hasNumber && style.pathStyle === 'graph',
			registration: false,
		},
		paths: PATHS[style.pathStyle],
		filesOnOwnHost: style.mediaHost === 'sameHost',
		...(style.mediaHost === 'sameHost' && { mediaHosts: [] }),
		numbers: 'own',
	};
}
