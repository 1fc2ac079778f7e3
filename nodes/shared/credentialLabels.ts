/** The credential for n8n's data tables. */
export const TABLE_CREDENTIAL = 'n8nDataTableApi';

/** So that the editor tells it from the credential for WhatsApp. */
export const TABLE_CREDENTIAL_LABEL = 'Credential for the n8n Data Table API';

/** Of whatever provider it is. */
export const WHATSAPP_CREDENTIAL_LABEL = 'Credential for WhatsApp';
