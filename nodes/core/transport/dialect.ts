import type { IDataObject } from 'n8n-workflow';

import type { Capabilities } from './transport';

/** Where a connection leads. */
export interface CloudAddress {
	/** Below which everything lies. */
	root: string;
	businessAccountId: string;
	/** The one number of the connection, where the provider does not tell. */
	businessNumberId?: string;
}

/** In what a provider differs from Meta, beside its key and its address. */
export interface CloudDialect {
	/** As people know it. */
	provider: string;
	capabilities: Capabilities;
	/** Below the address of the connection. */
	paths: {
		messages: (businessNumberId: string) => string[];
		/** Of the Marketing Messages API, where there is one. */
		marketing?: (businessNumberId: string) => string[];
		media: (businessNumberId: string) => string[];
		file: (mediaId: string) => string[];
	};
	/** The form that uploads a file, and where its ID is in the answer. */
	upload: { fields: (mimeType: string) => Record<string, string>; idIn: string };
	/** What a request about a file has to say. */
	fileQuery?: (address: CloudAddress) => IDataObject;
	/** Which field of the answer tells where a file lies; Meta's `url` without it. */
	fileAddressIn?: string;
	/** Whether files lie on the provider's own host, by the path that Meta's address has. */
	filesOnOwnHost?: boolean;
	/** Where files may lie beside that host; Meta's hosts without it. The key goes along. */
	mediaHosts?: string[];
	/** Whether templates are listed as Meta does, or all at once. */
	templates: 'graph' | 'all';
	/** How the business numbers are found: Meta's list, the connection's health, or its own one. */
	numbers: 'graph' | 'health' | 'own';
	/** An answer of the provider's own form as Meta's `{ error }`; undefined for all others. */
	errorOf?: (answer: unknown, httpStatus?: number) => IDataObject | undefined;
}
