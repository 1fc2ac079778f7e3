import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { searchBusinessNumbers } from '../shared/businessNumber';
import { searchStateTables } from '../shared/stateTable';

import { receive } from './delivery/receive';
import { verify } from './delivery/verify';
import { shapeOf } from './itemShape';
import { registration } from './registration/registration';
import { byOwner } from './run/byOwner';
import { remember } from './run/remember';
import { withMedia } from './run/withMedia';

/**
 * What the trigger does, in every version: these differ in their panels and in the shape of items.
 * Programmatic, because every delivery has to be proven over its raw bytes before anything of it
 * is believed.
 */
export class ListeningNode implements INodeType {
	constructor(readonly description: INodeTypeDescription) {}

	methods = { listSearch: { searchBusinessNumbers, searchStateTables } };

	// Under the first webhook: when an activation fails, n8n repeats it from the failed one on.
	webhookMethods = { setup: registration };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return this.getWebhookName() === 'setup' ? await verify(this) : await receive(this);
	}

	/**
	 * n8n saves what an execution writes into static data, not what webhook() writes. So the state
	 * is put there again inside the execution, where the nodes behind this one see it too. Files are
	 * fetched here as well, because webhook() has to answer soon.
	 */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = await remember(this, this.getInputData());
		const wantsMedia = this.getNodeParameter('options.downloadMedia', 0, false) as boolean;
		const complete = wantsMedia ? await withMedia(this, items) : items;
		const shape = shapeOf(this.getNode());
		const shaped = complete.map((item) => ({ ...item, json: shape(item.json) }));
		return byOwner(this, shaped);
	}
}
