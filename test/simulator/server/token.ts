import type { Request } from 'express';

import type { Json } from '../types';

/** The access token of a request: in the header, or as a parameter. */
export function tokenOf(req: Request): string | undefined {
	const header = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(req.get('authorization') ?? '')?.[1];
	const body = Buffer.isBuffer(req.body) ? undefined : (req.body as Json | undefined);
	const parameter = req.query.access_token ?? body?.access_token;
	return header ?? (typeof parameter === 'string' ? parameter : undefined);
}
