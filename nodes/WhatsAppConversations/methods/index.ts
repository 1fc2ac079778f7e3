import { searchBusinessNumbers } from '../../shared/businessNumber';

import { searchAllTemplates, searchTemplates } from './listSearch';
import { getFallbackTemplateFields, getTemplateFields } from './resourceMapping';

export const methods = {
	listSearch: { searchAllTemplates, searchBusinessNumbers, searchTemplates },
	resourceMapping: { getFallbackTemplateFields, getTemplateFields },
};
