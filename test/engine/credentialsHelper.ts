import {
	isExpression,
	type IAuthenticateGeneric,
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type Workflow,
} from 'n8n-workflow';

import type { NodeProcess } from './nodeProcess';

/**
 * n8n's helper for one credential whose values are known: the values with the defaults of its type,
 * and requests with what its `authenticate` adds.
 */
export function credentialsHelper(
	process: NodeProcess,
	values: ICredentialDataDecryptedObject,
): Partial<ICredentialsHelper> {
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: (type) => process.credentialType(type).properties,
		getDecrypted: async (_additionalData, _details, type) => {
			const { properties } = process.credentialType(type);
			const defaults = Object.fromEntries(properties.map((one) => [one.name, one.default]));
			// What is there under the type's own name is for that type alone.
			return {
				...defaults,
				...((values[type] ?? values) as IDataObject),
			} as ICredentialDataDecryptedObject;
		},
		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,
		authenticate: async (credentials, type, options, workflow, node) => {
			const { authenticate } = process.credentialType(type);
			const request = options as IHttpRequestOptions & Record<string, IDataObject>;
			const additions = (authenticate as IAuthenticateGeneric).properties;
			for (const [part, entries] of Object.entries(additions)) {
				for (const [name, value] of Object.entries(entries as Record<string, string>)) {
					request[part] = {
						...request[part],
						[resolve(name, credentials, workflow as Workflow, node as INode)]: resolve(
							value,
							credentials,
							workflow as Workflow,
							node as INode,
						),
					};
				}
			}
			return request;
		},
	};
}

function resolve(
	value: string,
	$credentials: ICredentialDataDecryptedObject,
	workflow: Workflow,
	node: INode,
): string {
	if (!isExpression(value)) return value;
	const resolved = workflow.expression.getSimpleParameterValue(node, value, 'internal', {
		$credentials: $credentials as unknown as IDataObject,
	});
	return String(resolved ?? '');
}
