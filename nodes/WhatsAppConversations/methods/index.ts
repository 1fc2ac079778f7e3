import { searchBusinessNumbers } from '../../shared/businessNumber';
import { searchStateTables } from '../../shared/stateTable';

import { searchAllTemplates, searchCatalogs, searchFlows, searchTemplates } from './listSearch';
import { getFallbackTemplateFields, getTemplateFields } from './resourceMapping';

export const methods = {
	listSearch: {
		searchAllTemplates,
		searchBusinessNumbers,
		searchCatalogs,
		searchFlows,
		searchStateTables,
		searchTemplates,
	},
	resourceMapping: { getFallbackTemplateFields, getTemplateFields },
};
