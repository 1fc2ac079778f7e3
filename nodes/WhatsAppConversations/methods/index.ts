import { searchBusinessNumbers } from '../../shared/businessNumber';
import { editorList } from '../../shared/editorList';
import { searchStateTables } from '../../shared/stateTable';

import {
	searchAllTemplates,
	searchBroadcasts,
	searchCatalogs,
	searchFlows,
	searchLibraryTemplates,
	searchMessageLinks,
	searchPaymentConfigurations,
	searchTemplates,
} from './listSearch';
import { getFallbackTemplateFields, getTemplateFields } from './resourceMapping';

export const methods = {
	listSearch: {
		searchAllTemplates: editorList(searchAllTemplates),
		searchBroadcasts: editorList(searchBroadcasts),
		searchBusinessNumbers,
		searchCatalogs: editorList(searchCatalogs),
		searchFlows: editorList(searchFlows),
		searchLibraryTemplates: editorList(searchLibraryTemplates),
		searchMessageLinks: editorList(searchMessageLinks),
		searchPaymentConfigurations: editorList(searchPaymentConfigurations),
		searchStateTables,
		searchTemplates: editorList(searchTemplates),
	},
	resourceMapping: {
		getFallbackTemplateFields: editorList(getFallbackTemplateFields),
		getTemplateFields: editorList(getTemplateFields),
	},
};
