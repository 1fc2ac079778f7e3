/** The credential for n8n's data tables. */
export const TABLE_CREDENTIAL = 'n8nDataTableApi';

/** So that the editor tells it from the credential for WhatsApp. */
export const TABLE_CREDENTIAL_LABEL = 'Credential for the n8n Data Table API';

/** Of whatever provider it is. */
export const WHATSAPP_CREDENTIAL_LABEL = 'Credential for WhatsApp';

/** Whether an error is n8n's for a credential that is not chosen, which it names by its type, if at all. */
export function isNotChosen(error: unknown): boolean {
	return error instanceof Error && /does not have any credentials set/.test(error.message);
}
