import type { IBinaryKeyData, IDataObject, INodeProperties } from 'n8n-workflow';

import type { Item } from '../run/item';

/** What an operation makes of one item. */
export interface Result {
	json: IDataObject;
	binary?: IBinaryKeyData;
	/** Index of the output; 1 is 'Closed'. */
	output?: number;
}

/** One operation: its parameters, and what it does with an item. */
export interface Operation {
	description: INodeProperties[];
	/** How many items it works on at once, where it needs more than others to keep the rate. */
	atOnce?: number;
	/** Lists give many results for one item. */
	execute(item: Item): Promise<Result | Result[]>;
}
