import type { INodeProperties } from 'n8n-workflow';

import * as createTable from './createTable.operation';
import * as forget from './forget.operation';
import * as get from './get.operation';
import * as getMany from './getMany.operation';
import * as handOver from './handOver.operation';
import * as recall from './recall.operation';
import * as recordConsent from './recordConsent.operation';
import * as recordInbound from './recordInbound.operation';
import * as remember from './remember.operation';
import * as resume from './resume.operation';

export const operations = {
	createTable,
	forget,
	get,
	getMany,
	handOver,
	recordConsent,
	recordInbound,
	recall,
	remember,
	resume,
};

export const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['conversation'] } },
	options: [
		{
			name: 'Create State Table',
			value: 'createTable',
			description: 'Create the n8n data table that keeps the state of conversations',
			action: 'Create table for conversation state',
		},
		{
			name: 'Forget',
			value: 'forget',
			description: 'Erase what is known of a contact, such as for a privacy request',
			action: 'Forget contact',
		},
		{
			name: 'Get',
			value: 'get',
			description: "Get a contact's window and consent, and what may be sent now",
			action: 'Get conversation',
		},
		{
			name: 'Get Many',
			value: 'getMany',
			description: 'Get many contacts, such as those whose window closes soon',
			action: 'Get many conversations',
		},
		{
			name: 'Hand Over',
			value: 'handOver',
			description: 'Give a conversation to a person, so that automatic messages are held back',
			action: 'Hand over conversation',
		},
		{
			name: 'Recall',
			value: 'recall',
			description: 'Get what your workflows have remembered of a contact',
			action: 'Recall facts about contact',
		},
		{
			name: 'Record Consent',
			value: 'recordConsent',
			description: 'Note that a contact opted in or out, with what proves it',
			action: 'Record consent',
		},
		{
			name: 'Record Inbound',
			value: 'recordInbound',
			description: 'Note when a contact last wrote, from data of your own',
			action: 'Record inbound message',
		},
		{
			name: 'Remember',
			value: 'remember',
			description: 'Keep small facts of your own about a contact, such as the step of a dialogue',
			action: 'Remember facts about contact',
		},
		{
			name: 'Resume Automation',
			value: 'resume',
			description: 'Give a conversation back to the automation',
			action: 'Resume automation of conversation',
		},
	],
	default: 'get',
};
