import { Router, type RequestHandler } from 'express';

import { GraphError, invalidParameter, unknownObject } from '../errors';
import type { ApiRequest } from '../types';
import type { World } from '../world';

import { tokenOf } from './token';

/** Uploads, and the removal of media. */
export function mediaRoutes(world: World): Router {
	const router = Router();
	router.post('/:id/media', async (req, res) => {
		const number = world.accounts.numbers.get(req.params.id);
		if (!number || res.locals.token !== 'user') throw unknownObject(req.params.id, 'post');
		const { fields, file } = await readForm(req.body, req.get('content-type'));
		(res.locals.request as ApiRequest).body = {
			...fields,
			...(file && { file: { name: file.name, type: file.type, size: file.size } }),
		};
		if (fields.messaging_product !== 'whatsapp') {
			throw invalidParameter('The parameter messaging_product is required.');
		}
		if (!file) throw invalidParameter('The parameter file is required.');
		const media = world.media.upload({
			bytes: Buffer.from(await file.arrayBuffer()),
			mimeType: bare(file.type || fields.type || ''),
			fileName: file.name,
			businessNumberId: number.id,
		});
		res.json({ id: media.id });
	});

	router.delete('/:id', (req, res, next) => {
		const { id } = req.params;
		const owner = req.query.phone_number_id;
		if (!world.media.get(id, owner === undefined ? undefined : String(owner))) {
			next();
			return;
		}
		world.media.remove(id);
		res.json({ success: true });
	});
	return router;
}

/** The bytes behind an address that `GET /{media ID}` gave. */
export function mediaBytes(world: World): RequestHandler {
	return (req, res) => {
		if (tokenOf(req) !== world.identity.accessToken) throw new GraphError(190);
		if (world.settings.mediaRedirect) {
			res.redirect(world.settings.mediaRedirect);
			return;
		}
		const media = world.media.behindUrl({ ...req.query });
		if (!media) {
			res.status(404).type('text').send('Not Found');
			return;
		}
		res.set('Content-Type', media.mimeType);
		if (media.fileName) res.attachment(media.fileName).set('Content-Type', media.mimeType);
		res.send(media.bytes);
	};
}

interface Form {
	fields: Record<string, string>;
	file?: File;
}

async function readForm(body: unknown, contentType: string | undefined): Promise<Form> {
	const form: Form = { fields: {} };
	if (!Buffer.isBuffer(body) || !contentType) return form;
	let data: FormData;
	try {
		const response = new Response(Uint8Array.from(body), {
			headers: { 'content-type': contentType },
		});
		data = await response.formData();
	} catch {
		throw invalidParameter('The multipart body cannot be read');
	}
	data.forEach((value, name) => {
		if (typeof value === 'string') form.fields[name] = value;
		else if (name === 'file') form.file = value;
	});
	return form;
}

/** A MIME type without parameters. */
function bare(mimeType: string): string {
	return mimeType.split(';')[0].trim().toLowerCase();
}
