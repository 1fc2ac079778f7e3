const { MinimalTrigger } = require('./MinimalTrigger.node.js');

/** The same, whose outputs n8n reads from an option, as it reads those of our trigger. */
class MinimalOutputsTrigger extends MinimalTrigger {
	constructor() {
		super();
		this.description = {
			...this.description,
			displayName: 'Minimal Outputs Trigger',
			name: 'minimalOutputsTrigger',
			defaults: { name: 'Minimal Outputs Trigger' },
			outputs:
				"={{ $parameter.options?.whenPersonHasIt === 'output' ? [{ type: 'main' }, { type: 'main' }] : [{ type: 'main' }] }}",
		};
	}
}

module.exports = { MinimalOutputsTrigger };
