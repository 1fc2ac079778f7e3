/** What was uploaded for an app, by the handle that the upload gave. */
export class Uploads {
	private readonly sizes = new Map<string, number>();

	private readonly files = new Map<string, Buffer>();

	/** @returns the ID of an upload, signed as Meta's are */
	begin(sizeBytes: number): string {
		const id = `upload:SIMULATED${this.sizes.size + 1}?sig=ARZ${this.sizes.size + 1}`;
		this.sizes.set(id, sizeBytes);
		return id;
	}

	/** @returns the handle; undefined where there is no such upload, or the file is of another size */
	end(id: string, bytes: Buffer): string | undefined {
		if (this.sizes.get(id) !== bytes.length) return undefined;
		const handle = `4:${Buffer.from(id).toString('base64url')}`;
		this.files.set(handle, bytes);
		return handle;
	}

	get(handle: string): Buffer | undefined {
		return this.files.get(handle);
	}
}
