import { Router, type RequestHandler } from 'express';

import { GraphError, invalidParameter, unknownObject } from '../errors';
import type { World } from '../world';

/** What Meta's page lists. */
const TYPES = ['application/pdf', 'image/jpeg', 'image/jpg', 'image/png', 'video/mp4'];

/** Files that belong to no message (Meta: Resumable Upload API), as an app's upload takes them. */
export function uploadRoutes(world: World): Router {
	const router = Router();
	router.post('/:id/uploads', (req, res) => {
		if (req.params.id !== world.identity.appId) throw unknownObject(req.params.id, 'post');
		const { file_length: length, file_type: type } = req.query;
		if (!Number(length) || !TYPES.includes(String(type))) {
			throw invalidParameter(
				`The parameters file_length and file_type are required; the type is one of ${TYPES.join(', ')}.`,
			);
		}
		res.json({ id: world.uploads.begin(Number(length), String(type)) });
	});
	router.post(/^\/(upload:[^/]+)$/, ((req, res) => {
		// Here Meta wants the token in a form of its own.
		if (!/^OAuth /.test(req.get('authorization') ?? '')) throw new GraphError(190);
		if (req.get('file_offset') !== '0') throw invalidParameter('Invalid file_offset');
		const chunks: Buffer[] = [];
		const signature = new URL(req.originalUrl, world.url).search;
		req.on('data', (chunk: Buffer) => chunks.push(chunk));
		req.on('end', () => {
			const bytes = Buffer.concat(chunks);
			const handle = world.uploads.end(`${String(req.params[0])}${signature}`, bytes);
			if (handle === undefined) {
				const { httpStatus, body } = invalidParameter('The upload session is not valid');
				res.status(httpStatus).json(body);
				return;
			}
			res.json({ h: handle });
		});
	}) as RequestHandler);
	return router;
}
