import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { bareType, fileNameOf, withEnding } from '../core/messages/fileExtension';
import { refusalOf } from '../core/transport/graphApi';
import { ProviderRefusal } from '../core/transport/providerRefusal';
import { TimeLimitReached } from '../core/transport/totalLimit';
import type { MediaInfo, Transport } from '../core/transport/transport';

export interface DownloadedFile {
	info: MediaInfo;
	/** For a binary field. */
	binary: IBinaryData;
}

/**
 * Downloads a file into n8n's storage for files, as a stream.
 *
 * @param fileName '' for the media ID with the extension of its type
 * @throws InputError, ProviderRefusal
 */
export async function downloadFile(
	context: IExecuteFunctions,
	api: Pick<Transport, 'downloadMedia'>,
	mediaId: string,
	fileName: string,
): Promise<DownloadedFile> {
	const { content, ...info } = await api.downloadMedia(mediaId);
	const mimeType = bareType(info.mimeType);
	const name = withEnding(fileNameOf(fileName, info.id, mimeType), mimeType);
	const binary = await context.helpers
		.prepareBinaryData(content, name, mimeType)
		.catch((error: unknown) => {
			// Either the connection broke on the way, or the file could not be stored.
			const { errored } = content;
			content.destroy();
			const request = { method: 'GET', url: info.url } as const;
			const cause = errored ? refusalOf(request, errored) : error;
			throw errored instanceof TimeLimitReached ? tooSlow(mediaId, errored) : cause;
		});
	return { info, binary };
}

function tooSlow(mediaId: string, { limitMs }: TimeLimitReached): ProviderRefusal {
	return new ProviderRefusal({
		code: 0,
		kind: 'temporary',
		retry: 'safe',
		message: `The file of the media ID '${mediaId}' was not complete after ${limitMs / 1000} seconds, so it was given up.`,
		hint: 'Try again later; if that does not help, have the file sent once more.',
		details: '',
	});
}
