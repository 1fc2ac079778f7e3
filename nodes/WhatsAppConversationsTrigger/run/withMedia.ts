import type {
	IBinaryData,
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { messagesOf } from '../../core/burst/joinedItem';
import { downloadFile } from '../../shared/mediaDownload';
import { errorJson, toNodeError } from '../../shared/nodeErrors';
import { connect } from '../../shared/provider';

/** The binary field for the file of a message, named as everywhere in n8n. */
const FIELD = 'data';

/** A file, or why it could not be had; neither where there is none. */
interface Fetched {
	binary?: IBinaryData;
	mediaError?: IDataObject;
}

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

async function itemWithMedia(
	context: IExecuteFunctions,
	item: INodeExecutionData,
): Promise<INodeExecutionData> {
	if (item.json.event !== 'message') return item;
	const messages = messagesOf(item.json);
	if (messages) return await withFilesOf(context, item, messages);
	const { binary, mediaError } = await fetchFile(context, item.json);
	return {
		...item,
		...(binary && { binary: { ...item.binary, [FIELD]: binary } }),
		...(mediaError && { json: { ...item.json, mediaError } }),
	};
}

/** The files of all messages that were joined, each under a name of its own. */
async function withFilesOf(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	messages: IDataObject[],
): Promise<INodeExecutionData> {
	const files: IBinaryKeyData = {};
	const done: IDataObject[] = [];
	for (const message of messages) {
		const { binary, mediaError } = await fetchFile(context, message);
		const count = Object.keys(files).length;
		const binaryField = count === 0 ? FIELD : `${FIELD}_${count}`;
		if (binary) files[binaryField] = binary;
		done.push({ ...message, ...(binary && { binaryField }), ...(mediaError && { mediaError }) });
	}
	const failed = done.find(({ mediaError }) => mediaError);
	return {
		...item,
		json: { ...item.json, ...(failed && { mediaError: failed.mediaError }), messages: done },
		...(Object.keys(files).length > 0 && { binary: { ...item.binary, ...files } }),
	};
}

async function fetchFile(context: IExecuteFunctions, message: IDataObject): Promise<Fetched> {
	const media = message.media as IDataObject | undefined;
	if (!media?.id) return {};
	try {
		const fileName = String(media.fileName ?? '');
		const api = await connect(context);
		const { binary } = await downloadFile(context, api, String(media.id), fileName);
		return { binary };
	} catch (cause) {
		return { mediaError: errorJson(toNodeError(context.getNode(), cause), cause) };
	}
}
