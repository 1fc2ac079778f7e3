import type { CloudDialect } from '../dialect';

import { customDialect, type CustomStyle } from './custom';
import { DIALOG360 } from './dialog360';
import { GUPSHUP } from './gupshup';
import { KAPSO } from './kapso';

export type Preset = 'dialog360' | 'kapso' | 'gupshup' | 'custom';

/** The dialect that a credential chooses. */
export function dialectOf(preset: Preset, style: CustomStyle): CloudDialect {
	switch (preset) {
		case 'dialog360':
			return DIALOG360;
		case 'kapso':
			return KAPSO;
		case 'gupshup':
			return GUPSHUP;
		default:
			return customDialect(style);
	}
}
