import { once } from 'events';
import http from 'http';
import type { AddressInfo } from 'net';

import type { INodeCredentialsDetails } from 'n8n-workflow';

import type { Scenario } from './scenario';

/** A server on this machine, in place of one elsewhere. */
export interface StandIn {
	url: string;
	/** What it was asked for, in order. */
	paths: string[];
	/** What came with it, in the same order; '' with nothing. */
	bodies: string[];
	close(): Promise<void>;
}

/** A small server for what the workflows ask elsewhere. */
export async function serve(
	answer: (path: string, body: string) => { type: string; body: string },
): Promise<StandIn> {
	const paths: string[] = [];
	const bodies: string[] = [];
	const server = http.createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const sent = Buffer.concat(chunks).toString();
			paths.push(request.url ?? '');
			bodies.push(sent);
			const { type, body } = answer(request.url ?? '', sent);
			response.setHeader('Content-Type', type);
			response.end(body);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		paths,
		bodies,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

/** What an agent asks a model. */
export interface ModelRequest {
	messages: Array<{ role: string; content: string }>;
	/** The tools that the model may call. */
	tools: Array<{ function: { name: string; parameters: { properties: object } } }>;
}

/** What the model does next: it calls a tool, or ends with a text. */
export type ModelStep = string | { tool: string; input: object };

/** Answers as OpenAI's chat API does, with what is decided here in place of a model. */
export async function serveModel(decide: (request: ModelRequest) => ModelStep): Promise<StandIn> {
	let calls = 0;
	return await serve((_path, body) => {
		const step = decide(JSON.parse(body) as ModelRequest);
		const isEnd = typeof step === 'string';
		const message = {
			role: 'assistant',
			content: isEnd ? step : null,
			...(!isEnd && {
				tool_calls: [
					{
						id: `call_${++calls}`,
						type: 'function',
						function: { name: step.tool, arguments: JSON.stringify(step.input) },
					},
				],
			}),
		};
		return {
			type: 'application/json',
			body: JSON.stringify({
				id: 'chatcmpl-1',
				object: 'chat.completion',
				created: 1,
				model: 'stand-in',
				choices: [{ index: 0, message, finish_reason: isEnd ? 'stop' : 'tool_calls' }],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			}),
		};
	});
}

/** Stores the credential with which n8n's model node asks such a server. */
export async function addModel(
	{ client }: Scenario,
	{ url }: StandIn,
): Promise<INodeCredentialsDetails> {
	const values = { apiKey: 'none', url: `${url}/v1` };
	return { id: await client.createCredential('Model', 'openAiApi', values), name: 'Model' };
}
