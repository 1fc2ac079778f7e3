import { searchBusinessNumbers } from '../../shared/businessNumber';

import { searchTemplates } from './listSearch';
import { getFallbackTemplateFields, getTemplateFields } from './resourceMapping';

export const methods = {
	listSearch: { searchBusinessNumbers, searchTemplates },
	resourceMapping: { getFallbackTemplateFields, getTemplateFields },
};
