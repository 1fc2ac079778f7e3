interface Upload {
	sizeBytes: number;
	type: string;
}

/** What was uploaded for an app, by the handle that the upload gave. */
export class Uploads {
	private readonly begun = new Map<string, Upload>();

	private readonly files = new Map<string, { bytes: Buffer; type: string }>();

	/** @returns the ID of an upload, signed as Meta's are */
	begin(sizeBytes: number, type: string): string {
		const id = `upload:SIMULATED${this.begun.size + 1}?sig=ARZ${this.begun.size + 1}`;
		this.begun.set(id, { sizeBytes, type });
		return id;
	}

	/** @returns the handle; undefined where there is no such upload, or the file is of another size */
	end(id: string, bytes: Buffer): string | undefined {
		const upload = this.begun.get(id);
		if (upload?.sizeBytes !== bytes.length) return undefined;
		const handle = `4:${Buffer.from(id).toString('base64url')}`;
		this.files.set(handle, { bytes, type: upload.type });
		return handle;
	}

	get(handle: string): Buffer | undefined {
		return this.files.get(handle)?.bytes;
	}

	/** The type that was announced for the file; undefined where there is none. */
	typeOf(handle: string): string | undefined {
		return this.files.get(handle)?.type;
	}
}
