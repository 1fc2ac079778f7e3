/** A value as n8n keeps it in a workflow's file. */
export type Values = Record<string, unknown>;

/** A node as n8n exports it; what is not named here is kept as it is. */
export interface Node extends Values {
	id?: string;
	name: string;
	type: string;
	typeVersion?: number;
	position: [number, number];
	parameters: Values;
	credentials?: Values;
	webhookId?: string;
}

interface Target {
	node: string;
	type?: string;
	index?: number;
}

/** From the name of a node, by the kind of connection and the output, to other nodes. */
export type Connections = Record<string, Record<string, Array<Target[] | null>>>;

export interface Workflow extends Values {
	name?: string;
	nodes: Node[];
	connections: Connections;
	pinData?: Record<string, Array<{ json?: Values } & Values>>;
}

/** What a person has to do, to look at, or has to know, of one node. */
export interface Finding {
	node: string;
	/** `choose` before it runs; `check` whether it is right; `left` as it was, by hand. */
	kind: 'choose' | 'check' | 'left';
	text: string;
}

/** Notes what is found about one node. */
export type Note = (kind: Finding['kind'], text: string) => void;

export function isObject(value: unknown): value is Values {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectIn(value: unknown): Values {
	return isObject(value) ? value : {};
}

export function listIn(value: unknown): unknown[] {
	return Array.isArray(value) ? (value as unknown[]) : [];
}

/** A parameter as a text: numbers are written out, nothing is ''. */
export function textIn(value: unknown): string {
	return value === undefined || value === null ? '' : String(value);
}

export function isExpression(value: unknown): value is string {
	return typeof value === 'string' && value.startsWith('=');
}

/** Without the entries that are empty. */
export function filled(values: Values): Values {
	return Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
	);
}

export function without<T extends Values>(values: T, ...names: string[]): T {
	return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name))) as T;
}
