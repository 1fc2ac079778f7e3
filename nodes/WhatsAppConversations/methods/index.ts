import { searchBusinessNumbers } from '../../shared/businessNumber';
import { searchStateTables } from '../../shared/stateTable';

import { searchAllTemplates, searchTemplates } from './listSearch';
import { getFallbackTemplateFields, getTemplateFields } from './resourceMapping';

export const methods = {
	listSearch: { searchAllTemplates, searchBusinessNumbers, searchStateTables, searchTemplates },
	resourceMapping: { getFallbackTemplateFields, getTemplateFields },
};
