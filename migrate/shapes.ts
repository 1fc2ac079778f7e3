import { builtInVariant, isBuiltInTrigger } from './names';
import { isWhatsAppRequest } from './request';
import { textIn, type Node, type Workflow } from './workflow';

/** Whose items a node gives out, as far as they change: of n8n's own WhatsApp nodes, or of others. */
export type Shape = 'trigger' | 'sent' | 'answer' | 'mediaUrl' | 'upload' | 'other';

/** Nodes that pass on the items that they get. */
const PASS_ON = new Set(
	[
		...['if', 'switch', 'filter', 'noOp', 'wait', 'limit', 'merge', 'splitInBatches', 'sort'],
		...['removeDuplicates', 'stopAndError', 'executionData'],
	].map((name) => `n8n-nodes-base.${name}`),
);

/** 'Edit Fields' that keeps the fields of the item beside its own. */
function keepsItem({ type, parameters, typeVersion = 1 }: Node): boolean {
	if (type !== 'n8n-nodes-base.set') return false;
	if (typeVersion >= 3.3) return parameters.includeOtherFields === true;
	if (typeVersion >= 3) return textIn(parameters.include || 'all') === 'all';
	return parameters.keepOnlySet !== true;
}

const HOURS_IN: Record<string, number> = { days: 24, hours: 1, minutes: 1 / 60, seconds: 1 / 3600 };

/** How long a run waits at a node, in hours; infinite where that is open: until a date, or a call. */
function waitAt({ type, typeVersion = 1, parameters }: Node): number {
	if (type !== 'n8n-nodes-base.wait') return 0;
	const standard = typeVersion > 1 ? { amount: 5, unit: 'seconds' } : { amount: 1, unit: 'hours' };
	const { resume = 'timeInterval', amount, unit } = { ...standard, ...parameters };
	const hours = resume === 'timeInterval' ? Number(amount) * HOURS_IN[textIn(unit)] : NaN;
	return Number.isNaN(hours) ? Infinity : hours;
}

/** The graph of a workflow before it is changed: what reaches a node, and from where. */
export class Shapes {
	private readonly nodes: Map<string, Node>;
	/** By name, the nodes whose main output leads to it. */
	private readonly before = new Map<string, Set<string>>();
	/** By name of a sub-node, the nodes that it serves. */
	private readonly hosts = new Map<string, Set<string>>();

	constructor({ nodes, connections }: Workflow) {
		this.nodes = new Map(nodes.map((node) => [node.name, node]));
		for (const [from, kinds] of Object.entries(connections ?? {})) {
			for (const [kind, outputs] of Object.entries(kinds)) {
				for (const { node: to } of outputs.flatMap((targets) => targets ?? [])) {
					if (kind === 'main') add(this.before, to, from);
					else add(this.hosts, from, to);
				}
			}
		}
	}

	/** The shapes of the items that a node gets; a sub-node sees those of the node that it serves. */
	into(name: string, seen = new Set<string>()): Set<Shape> {
		if (seen.has(name)) return new Set();
		seen.add(name);
		const hosts = this.hosts.get(name);
		if (hosts) return new Set([...hosts].flatMap((host) => [...this.into(host, seen)]));
		return new Set(
			[...(this.before.get(name) ?? [])].flatMap((from) => [...this.outOf(from, seen)]),
		);
	}

	/** The shapes of the items that a node gives out. */
	outOf(name: string, seen = new Set<string>()): Set<Shape> {
		const node = this.nodes.get(name);
		if (!node) return new Set();
		const own = shapeOf(node);
		if (own) return new Set([own]);
		if (PASS_ON.has(node.type) || keepsItem(node)) return this.into(name, seen);
		return new Set(['other']);
	}

	/** Whether a contact has written in each run that comes to this node. */
	isAfterTrigger(name: string): boolean {
		const starts = this.startsOf(name);
		return starts.length > 0 && starts.every(({ type }) => isBuiltInTrigger(type));
	}

	/** Whether there is a run that a contact has begun and that comes to this node. */
	mayFollowTrigger(name: string): boolean {
		return this.startsOf(name).some(({ type }) => isBuiltInTrigger(type));
	}

	/** Whether another workflow calls this one to come to this node. */
	isCalled(name: string): boolean {
		return this.startsOf(name).some(({ type }) => type.endsWith('.executeWorkflowTrigger'));
	}

	/** How long a run may wait before it comes to this node since the contact wrote, in hours. */
	waitBefore(name: string, known = new Map<string, number>()): number {
		const before = known.get(name);
		if (before !== undefined) return before;
		known.set(name, 0); // for loops
		const waits = [...(this.before.get(name) ?? []), ...(this.hosts.get(name) ?? [])].map(
			(from) => {
				const node = this.nodes.get(from);
				if (!node || shapeOf(node) === 'answer') return 0;
				return waitAt(node) + this.waitBefore(from, known);
			},
		);
		known.set(name, Math.max(0, ...waits));
		return known.get(name)!;
	}

	/** The nodes at which runs begin that come to this node. */
	private startsOf(name: string, seen = new Set<string>()): Node[] {
		if (seen.has(name)) return [];
		seen.add(name);
		const sources = [...(this.before.get(name) ?? []), ...(this.hosts.get(name) ?? [])];
		const node = this.nodes.get(name);
		if (sources.length === 0) return node ? [node] : [];
		return sources.flatMap((source) => this.startsOf(source, seen));
	}

	/** The nodes that come right after one. */
	after(name: string): Node[] {
		return [...this.nodes.values()].filter((node) => this.before.get(node.name)?.has(name));
	}
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
	map.set(key, (map.get(key) ?? new Set()).add(value));
}

/** What n8n's own nodes for WhatsApp give out, and requests to Meta in their place. */
function shapeOf({ type, parameters }: Node): Shape | undefined {
	if (isBuiltInTrigger(type)) return 'trigger';
	if (isWhatsAppRequest(type, parameters)) return 'sent';
	if (builtInVariant(type) === undefined) return undefined;
	switch (textIn(parameters.operation)) {
		case 'sendAndWait':
			return 'answer';
		case 'mediaUrlGet':
			return 'mediaUrl';
		case 'mediaUpload':
			return 'upload';
		case 'mediaDelete':
			return 'other';
		default:
			return parameters.resource === 'media' ? 'upload' : 'sent';
	}
}
