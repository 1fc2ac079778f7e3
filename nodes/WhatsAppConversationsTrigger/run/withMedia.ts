import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { messagesOf } from '../../core/burst/joinedItem';
import { downloadFile } from '../../shared/mediaDownload';
import { errorJson, toNodeError } from '../../shared/nodeErrors';
import { connect } from '../../shared/provider';

/** The binary field for the file of a message, named as everywhere in n8n. */
const FIELD = 'data';

/**
 * Puts the files that contacts sent into the items. A file that cannot be had must not cost the
 * message, so the reason goes into `mediaError` in its place.
 */
export async function withMedia(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[]> {
	const done: INodeExecutionData[] = [];
	// One after the other: a delivery seldom brings more than one file, and they may be large.
	for (const item of items) done.push(await itemWithMedia(context, item));
	return done;
}

/** The files of all messages that were joined, each under a name of its own. */
async function itemWithMedia(
	context: IExecuteFunctions,
	item: INodeExecutionData,
): Promise<INodeExecutionData> {
	const messages = messagesOf(item.json);
	if (!messages) return await withFile(context, item, FIELD);
	let binary = item.binary;
	const done: IDataObject[] = [];
	let count = 0;
	for (const message of messages) {
		const field = count === 0 ? FIELD : `${FIELD}_${count}`;
		const one = await withFile(context, { json: { ...message, event: item.json.event } }, field);
		const json = withoutEvent(one.json);
		if (one.binary) {
			count++;
			binary = { ...binary, ...one.binary };
		}
		done.push(one.binary ? { ...json, binaryField: field } : json);
	}
	const failed = done.find(({ mediaError }) => mediaError);
	const json = { ...item.json, ...(failed && { mediaError: failed.mediaError }), messages: done };
	return { ...item, json, ...(binary && { binary }) };
}

/** A message of a joined item does not say what it is. */
function withoutEvent(json: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(json).filter(([key]) => key !== 'event'));
}

async function withFile(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	field: string,
): Promise<INodeExecutionData> {
	const { event, media } = item.json as { event?: string; media?: IDataObject };
	if (event !== 'message' || !media?.id) return item;
	try {
		const fileName = String(media.fileName ?? '');
		const api = await connect(context);
		const { binary } = await downloadFile(context, api, String(media.id), fileName);
		return { ...item, binary: { ...item.binary, [field]: binary } };
	} catch (cause) {
		const error = toNodeError(context.getNode(), cause);
		return { ...item, json: { ...item.json, mediaError: errorJson(error, cause) } };
	}
}
