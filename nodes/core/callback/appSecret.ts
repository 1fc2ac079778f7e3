import type { GraphError } from '../transport/errors';

/** What Meta answers to an app token whose ID or secret is wrong (Meta: Access tokens). */
const WRONG_APP_TOKEN = [101, 190];

/** Whether a refusal says that the app's ID and secret do not belong together. */
export function isWrongSecret({ code }: Pick<GraphError, 'code'>): boolean {
	return WRONG_APP_TOKEN.includes(code);
}

export const WRONG_SECRET =
	"'App Secret' does not belong to 'App ID', so every delivery would be refused as forged.";

export const COPY_BOTH =
	"Copy 'App ID' and 'App Secret' anew from the Meta app under App settings → Basic into the credential.";
