import { randomBytes } from 'crypto';

import { StaticDataStore } from './staticDataStore';

/** The conversation state of this n8n process, shared by both nodes and by all workflows. */
export const processState = new StaticDataStore(randomBytes(6).toString('hex'));
