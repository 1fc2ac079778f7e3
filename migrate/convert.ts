import { parametersOf } from './message';
import {
	builtInVariant,
	CREDENTIALS,
	isBuiltInTrigger,
	OUR_TRIGGER,
	ourNode,
	VERSION,
} from './names';
import { oldItemsNode, pinnedItems } from './oldItems';
import { Readings } from './readings';
import {
	hasWrittenToken,
	HTTP_REQUEST,
	isWhatsAppRequest,
	messageIn,
	numberInAddress,
	requestedFile,
} from './request';
import { businessNumber, sendParameters } from './send';
import { Shapes } from './shapes';
import { todoNote } from './todo';
import { triggerParameters } from './trigger';
import {
	isExpression,
	isObject,
	objectIn,
	textIn,
	without,
	type Finding,
	type Node,
	type Note,
	type Values,
	type Workflow,
} from './workflow';

/** A workflow with our nodes, and what a person has to do in it; without findings nothing was changed. */
export interface Converted {
	workflow: Workflow;
	findings: Finding[];
}

/**
 * Puts our nodes in place of n8n's own WhatsApp nodes and of requests to Meta's API: names, places,
 * connections, notes and error settings stay. A note in the workflow says what is left to do.
 *
 * @throws TypeError for what is no workflow
 */
export function convert(source: unknown): Converted {
	return new Conversion(workflowIn(source)).result();
}

/** As n8n exports it, or as the library of templates gives it. */
function workflowIn(source: unknown): Workflow {
	const given = objectIn(source);
	const inner = isObject(given.workflow) ? given.workflow : given;
	const workflow = isObject(inner.workflow) ? inner.workflow : inner;
	if (!Array.isArray(workflow.nodes)) {
		throw new TypeError('This is no workflow: it has no nodes. Export it from n8n as JSON.');
	}
	const nodes = (workflow.nodes as Node[]).map((node) => ({
		...node,
		position: node.position ?? [0, 0],
		parameters: objectIn(node.parameters),
	}));
	return {
		...workflow,
		nodes,
		connections: (workflow.connections ?? {}) as Workflow['connections'],
	};
}

/** How long a contact's message opens the window (rule R2). */
const WINDOW_HOURS = 24;

const WITH_TEMPLATE: Values = {
	whenWindowClosed: 'template',
	fallbackTemplate: { __rl: true, mode: 'list', value: '' },
};

class Conversion {
	private readonly findings: Finding[] = [];
	private readonly shapes: Shapes;
	/** Whether statuses start the workflow, as far as can be seen. */
	private readonly hasStatuses: boolean;
	private readonly readings: Readings;
	/** By the name of a node that fetches a file, the one that has fetched it before. */
	private readonly fetched = new Map<string, string>();

	constructor(private readonly source: Workflow) {
		this.shapes = new Shapes(source);
		this.hasStatuses = this.startsForStatuses();
		this.readings = new Readings(source, this.shapes, this.hasStatuses, (node) =>
			this.noteOf(node),
		);
	}

	result(): Converted {
		const kept = without(this.source, 'id', 'versionId');
		const ours = this.source.nodes.map((node) => this.inOurWords(node));
		const nodes = ours.map((node) => this.readings.translated(this.withoutSecondFetch(node)));
		const complete = nodes.flatMap((node) => this.asTrigger(node));
		if (this.findings.length === 0) return { workflow: this.source, findings: [] };
		return {
			workflow: {
				...kept,
				name: `${textIn(this.source.name) || 'Workflow'} (WhatsApp Conversations)`,
				nodes: [...complete, todoNote(this.findings, complete)],
				connections: this.connections(),
				...(this.source.pinData && { pinData: this.pinData() }),
				active: false,
			},
			findings: this.findings,
		};
	}

	private noteOf({ name }: Node): Note {
		return (kind, text) => this.findings.push({ node: name, kind, text });
	}

	private inOurWords(node: Node): Node {
		const { type, parameters } = node;
		const note = this.noteOf(node);
		if (type === 'n8n-nodes-base.webhook' && this.takesDeliveries) {
			note(
				'left',
				'If it takes the deliveries of Meta itself, put the trigger of this package in its place: the window is learned there alone.',
			);
		}
		const variant = builtInVariant(type);
		if (variant !== undefined) {
			const own = sendParameters(parameters, note);
			return this.ours(node, ourNode(variant), { ...ofTools(parameters), ...own });
		}
		if (isWhatsAppRequest(type, parameters)) return this.fromRequest(node);
		const mediaId = requestedFile(type, parameters);
		if (mediaId !== undefined && this.shapes.isAfterTrigger(node.name)) {
			const download = { resource: 'media', operation: 'download', mediaId, options: {} };
			return this.ours(node, ourNode(''), download);
		}
		const address = textIn(parameters.url);
		if (/graph\.facebook\.com/.test(address) || type === 'n8n-nodes-base.facebookGraphApi') {
			if (/messages|media/.test(JSON.stringify(parameters))) {
				note('left', 'A request to Meta that stayed as it was.');
			}
		} else if (type === HTTP_REQUEST && /messaging_product/.test(JSON.stringify(parameters))) {
			note('left', 'A request with a message of WhatsApp, to an address that could not be read.');
		}
		return node;
	}

	private fromRequest(node: Node): Node {
		const note = this.noteOf(node);
		const { type, parameters } = node;
		const message = messageIn(parameters);
		const said = message && parametersOf(message, note);
		if (hasWrittenToken(parameters)) {
			note('check', 'An access token stood in this node. Have Meta make another one.');
		}
		if (!message || !said) {
			note('left', 'A request to Meta whose body could not be read. It stayed as it was.');
			return node;
		}
		const to = textIn(message.to ?? message.recipient);
		if (message.recipient_type === 'group') note('left', 'It writes to a group.');
		const own = {
			resource: 'message',
			businessNumber: businessNumber(numberInAddress(parameters), note),
			...(said.operation !== 'markRead' && { to }),
			...said,
		};
		return this.ours(node, ourNode(type === HTTP_REQUEST ? '' : 'Tool'), own);
	}

	/** The node with our type, and a template where nobody can have written. */
	private ours(node: Node, type: string, parameters: Values): Node {
		const note = this.noteOf(node);
		note('choose', 'Choose the credential.');
		const { operation, responseType } = parameters;
		if ((operation === 'send' || operation === 'sendAndWait') && responseType !== 'template') {
			const whenClosed = this.whenWindowClosed(node, parameters, note);
			const { options, ...rest } = parameters;
			parameters = { ...rest, ...whenClosed, options };
		}
		if (operation === 'download') parameters = this.download(node, parameters, note);
		return {
			...node,
			type,
			typeVersion: VERSION,
			parameters,
			credentials: CREDENTIALS,
			...(operation === 'sendAndWait' && { webhookId: node.webhookId ?? node.id }),
		};
	}

	private whenWindowClosed(node: Node, { to }: Values, note: Note): Values {
		const follows = this.shapes.isAfterTrigger(node.name);
		const wait = follows ? this.shapes.waitBefore(node.name) : 0;
		if (wait >= WINDOW_HOURS) {
			note(
				'choose',
				wait === Infinity
					? "It waits before it sends, perhaps until the window has closed. Choose 'Template Instead'."
					: "It waits for a day or longer, and the window has closed by then. Choose 'Template Instead'.",
			);
			return WITH_TEMPLATE;
		}
		if (follows && isExpression(to) && to.includes('{{')) {
			if (!/from|wa_id/.test(to))
				note('check', "Is 'To' whoever has written? If not, a template is needed.");
			return { whenWindowClosed: 'stop' };
		}
		note(
			'choose',
			follows
				? "It writes to a fixed number, who may not have written in 24 hours. Choose 'Template Instead', or another way under 'When the Window Is Closed'."
				: "Nobody has written here, so WhatsApp takes a template alone. Choose 'Template Instead', or better send the template by 'Send Template'.",
		);
		return WITH_TEMPLATE;
	}

	/** Our node fetches the file itself; the request that has fetched it passes it on. */
	private download(node: Node, parameters: Values, note: Note): Values {
		let field = 'data';
		for (const next of this.shapes.after(node.name)) {
			if (next.type !== HTTP_REQUEST || !/\.url\b/.test(textIn(next.parameters.url))) continue;
			this.fetched.set(next.name, node.name);
			const { response } = objectIn(next.parameters.options);
			field = textIn(objectIn(objectIn(response).response).outputPropertyName) || field;
			field = textIn(next.parameters.dataPropertyName) || field;
		}
		if (![...this.fetched.values()].includes(node.name)) {
			note(
				'check',
				`It puts the file itself into the binary field '${field}', and gives no address.`,
			);
		}
		const { options, ...rest } = parameters;
		return { ...rest, outputField: field, options };
	}

	private withoutSecondFetch(node: Node): Node {
		const by = this.fetched.get(node.name);
		if (by === undefined) return node;
		this.noteOf(node)(
			'check',
			`It does nothing any more: '${by}' has fetched the file. It may go.`,
		);
		return {
			...without(node, 'credentials'),
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			parameters: {},
		};
	}

	private asTrigger(node: Node): Node[] {
		if (!isBuiltInTrigger(node.type)) return [node];
		const needs = {
			statuses: this.hasStatuses,
			raw: this.readings.readsRaw || this.readings.needsOldItems,
		};
		const trigger = {
			...node,
			type: OUR_TRIGGER,
			typeVersion: VERSION,
			parameters: triggerParameters(node.parameters, needs, this.noteOf(node)),
			credentials: CREDENTIALS,
			webhookId: node.webhookId ?? node.id,
		};
		if (!this.readings.needsOldItems) return [trigger];
		const [x, y] = node.position;
		return [
			{ ...trigger, name: this.newName(node.name), position: [x - 224, y] },
			oldItemsNode(node),
		];
	}

	private newName(name: string): string {
		return `${name} (WhatsApp Conversations)`;
	}

	/** Whether a delivery of Meta is read as it comes. */
	private get takesDeliveries(): boolean {
		return /\bentry\b.{0,12}\bchanges\b/.test(JSON.stringify(this.source.nodes));
	}

	private startsForStatuses(): boolean {
		const chosen = this.oldTriggers.map(
			({ parameters }) => objectIn(parameters.options).messageStatusUpdates,
		);
		return (
			chosen.some((list) => Array.isArray(list) && list.length > 0) ||
			/\bstatuses\b/.test(JSON.stringify(this.source.nodes))
		);
	}

	private get oldTriggers(): Node[] {
		return this.source.nodes.filter(({ type }) => isBuiltInTrigger(type));
	}

	private connections(): Workflow['connections'] {
		if (!this.readings.needsOldItems) return this.source.connections;
		const ahead = this.oldTriggers.map(({ name }) => [
			this.newName(name),
			{ main: [[{ node: name, type: 'main', index: 0 }]] },
		]);
		return {
			...this.source.connections,
			...(Object.fromEntries(ahead) as Workflow['connections']),
		};
	}

	/** Behind a node that gives the old form, what was pinned stays; otherwise it is put into ours. */
	private pinData(): Workflow['pinData'] {
		const pinned = { ...this.source.pinData };
		for (const { name } of this.oldTriggers) {
			const items = pinned[name];
			if (!items) continue;
			pinned[this.readings.needsOldItems ? this.newName(name) : name] = items.flatMap(pinnedItems);
		}
		return pinned;
	}
}

/** What a node has as a tool of an agent. */
function ofTools({ descriptionType, toolDescription }: Values): Values {
	return {
		...(descriptionType !== undefined && { descriptionType }),
		...(toolDescription !== undefined && { toolDescription }),
	};
}
