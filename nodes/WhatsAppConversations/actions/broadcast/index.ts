import type { INodeProperties } from 'n8n-workflow';

import * as getReport from './getReport.operation';
import * as pause from './pause.operation';
import * as recordStatus from './recordStatus.operation';
import * as resume from './resume.operation';
import * as send from './send.operation';
import * as stop from './stop.operation';

export const operations = { getReport, pause, recordStatus, resume, send, stop };

export const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['broadcast'] } },
	options: [
		{
			name: 'Get Report',
			value: 'getReport',
			description: 'Get how many got a broadcast, and who did not and why',
			action: 'Get report of broadcast',
		},
		{
			name: 'Pause',
			value: 'pause',
			description: 'Hold a broadcast back until it is resumed; a run under way waits',
			action: 'Pause broadcast',
		},
		{
			name: 'Record Status',
			value: 'recordStatus',
			description: "Note in the broadcast's report what the trigger tells of a message of it",
			action: 'Record status of broadcast message',
		},
		{
			name: 'Resume',
			value: 'resume',
			description: 'Let a broadcast go on that was paused or stopped',
			action: 'Resume broadcast',
		},
		{
			name: 'Send',
			value: 'send',
			description: 'Send a template to many contacts, to each of them once',
			action: 'Send broadcast',
		},
		{
			name: 'Stop',
			value: 'stop',
			description: 'Hold back the rest of a broadcast; a run under way ends',
			action: 'Stop broadcast',
		},
	],
	default: 'send',
};
