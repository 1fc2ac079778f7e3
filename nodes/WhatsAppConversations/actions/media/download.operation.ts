import { updateDisplayOptions, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { downloadFile } from '../../../shared/mediaDownload';
import { mediaIdProperty } from '../../descriptions/media';
import { mediaIdOf, optionsOf } from '../../input/parameters';
import type { Session } from '../../run/session';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	mediaIdProperty,
	{
		displayName: 'Put Output File in Field',
		name: 'outputField',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. invoice.pdf',
				description:
					"The name to give the file, such as the 'media.fileName' of the trigger. The media ID with the extension of its type when empty.",
			},
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['media'], operation: ['download'] } },
	properties,
);

export async function execute(
	context: IExecuteFunctions,
	i: number,
	session: Session,
): Promise<Result> {
	const mediaId = mediaIdOf(context, i);
	const field = context.getNodeParameter('outputField', i) as string;
	const fileName = String(optionsOf(context, i).fileName ?? '').trim();
	const { info, binary } = await downloadFile(context, await session.api(), mediaId, fileName);
	const { mimeType, sha256, sizeBytes } = info;
	return {
		json: { mediaId, mimeType, fileName: binary.fileName ?? '', sizeBytes, sha256 },
		binary: { [field]: binary },
	};
}
