import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

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

async function itemWithMedia(
	context: IExecuteFunctions,
	item: INodeExecutionData,
): Promise<INodeExecutionData> {
	const { event, media } = item.json as { event?: string; media?: IDataObject };
	if (event !== 'message' || !media?.id) return item;
	try {
		const fileName = String(media.fileName ?? '');
		const api = await connect(context);
		const { binary } = await downloadFile(context, api, String(media.id), fileName);
		return { ...item, binary: { ...item.binary, [FIELD]: binary } };
	} catch (cause) {
		const error = toNodeError(context.getNode(), cause);
		return { ...item, json: { ...item.json, mediaError: errorJson(error, cause) } };
	}
}
