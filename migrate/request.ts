import { bodyIn, nested, valueIn } from './bodyText';
import { isObject, listIn, objectIn, textIn, type Values } from './workflow';

/** The version may come from an expression; then the number is another part behind it. */
const TO_META =
	/graph\.facebook\.com\/(?:v[\d.]+\/|v?\{\{[^{}]*\}\}\/(?=[^/]))?(.+?)\/messages\/?(?:\?.*)?$/;

/** A file at Meta, asked for by an ID that comes from somewhere. */
const FILE_AT_META =
	/graph\.facebook\.com\/(?:v[\d.]+\/)?\{\{\s*([^{}]*(?:\.id|media\w*))\s*\}\}\/?$/i;

export const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';

function addressOf({ url }: Values): string {
	return textIn(url).trim();
}

/** Whether a node posts to the messages of a business number at Meta. */
export function isWhatsAppRequest(type: string, parameters: Values): boolean {
	const method = textIn(parameters.method ?? parameters.requestMethod).toUpperCase();
	return type === HTTP_REQUEST && method === 'POST' && TO_META.test(addressOf(parameters));
}

/** The media ID that a request to Meta asks for, as an expression; undefined where it is another. */
export function requestedFile(type: string, parameters: Values): string | undefined {
	const method = textIn(parameters.method ?? parameters.requestMethod ?? 'GET').toUpperCase();
	if (type !== HTTP_REQUEST || method !== 'GET') return undefined;
	const id = FILE_AT_META.exec(addressOf(parameters))?.[1];
	return id && `={{ ${id.trim()} }}`;
}

/** The phone number ID in the address of a request, which may be an expression. */
export function numberInAddress(parameters: Values): string {
	const number = TO_META.exec(addressOf(parameters))?.[1] ?? '';
	return number.includes('{{') ? `=${number}` : number;
}

/** What a request says to Meta, its expressions as values that begin with '='; undefined if unreadable. */
export function messageIn(parameters: Values): Values | undefined {
	const text =
		parameters.jsonBody ?? parameters.bodyParametersJson ?? parameters.rawBody ?? parameters.body;
	if (textIn(text) !== '') return bodyIn(text);
	const pairs =
		objectIn(parameters.bodyParameters).parameters ??
		objectIn(parameters.bodyParametersUi).parameter;
	const body: Values = {};
	for (const pair of listIn(pairs).filter(isObject)) {
		nested(body, textIn(pair.name).split('.'), valueIn(pair.value));
	}
	return Object.keys(body).length > 0 ? body : undefined;
}

/** Whether an access token stands in the node itself, where whoever sees the workflow can read it. */
export function hasWrittenToken(parameters: Values): boolean {
	return /bearer\s+EA[A-Za-z0-9]{20}|access_token=EA[A-Za-z0-9]{20}/i.test(
		JSON.stringify(parameters),
	);
}
