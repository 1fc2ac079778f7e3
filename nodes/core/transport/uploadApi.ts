import { GraphApi, type SendRequest } from './graphApi';
import type { FileToUpload } from './transport';

/** As for the files of messages. */
const TIMEOUT_MS = 300_000;

/**
 * Files that belong to no message, such as the picture of a profile (Meta: Resumable Upload API).
 * Meta wants the access token in another form there, so it is added here.
 */
export class UploadApi extends GraphApi {
	private readonly headers: { Authorization: string };

	/** @param sendPlainly adds no token to the requests */
	constructor(sendPlainly: SendRequest, root: string, accessToken: string) {
		super(sendPlainly, root);
		this.headers = { Authorization: `OAuth ${accessToken}` };
	}

	/**
	 * @param appId of the app for which the access token was made
	 * @returns the handle by which Meta's other requests name the file
	 */
	async upload(
		appId: string,
		{ content, sizeBytes, fileName, mimeType }: FileToUpload,
	): Promise<string> {
		const { headers } = this;
		try {
			const session = await this.call('POST', [appId, 'uploads'], {
				headers,
				qs: { file_name: fileName, file_length: sizeBytes, file_type: mimeType },
			});
			const id = String(session.id ?? '');
			if (!/^upload:[^/\s]+$/.test(id)) {
				throw this.refused({ method: 'POST', url: this.urlOf([appId, 'uploads']) }, session, 200);
			}
			// The ID has a signature as its query, so it goes into the address as it is.
			const url = `${this.root}/${id}`;
			const answer = await this.callUrl('POST', url, {
				headers: {
					...headers,
					file_offset: '0',
					'content-type': mimeType,
					'content-length': sizeBytes,
				},
				body: content,
				timeout: TIMEOUT_MS,
			});
			const handle = String(answer.h ?? '');
			if (handle === '') throw this.refused({ method: 'POST', url }, answer, 200);
			return handle;
		} finally {
			if (!Buffer.isBuffer(content)) content.destroy();
		}
	}
}
