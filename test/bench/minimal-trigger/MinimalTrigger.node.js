/** Returns the body it was called with, checks nothing and keeps nothing. Statuses start nothing. */
class MinimalTrigger {
	description = {
		displayName: 'Minimal Trigger',
		name: 'minimalTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Starts a workflow with the body of a request',
		defaults: { name: 'Minimal Trigger' },
		inputs: [],
		outputs: ['main'],
		properties: [],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: 'webhook',
			},
		],
	};

	async webhook() {
		const body = this.getBodyData();
		if (body.entry?.[0]?.changes?.[0]?.value?.statuses) return { webhookResponse: '' };
		return { workflowData: [[{ json: body }]], webhookResponse: '' };
	}
}

module.exports = { MinimalTrigger };
