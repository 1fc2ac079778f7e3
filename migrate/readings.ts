import { namesOldPart, translate } from './expressions';
import { isBuiltInTrigger } from './names';
import type { Shape, Shapes } from './shapes';
import {
	isExpression,
	isObject,
	objectIn,
	type Node,
	type Note,
	type Values,
	type Workflow,
} from './workflow';

/** Nodes that ask whether something is there. */
const CONDITIONS = /^n8n-nodes-base\.(?:if|switch|filter)$/;

const CODE = /^n8n-nodes-base\.(?:code|function|functionItem|aiTransform)$/;

/** A field that is named without an expression, as 'Split Out' and older nodes do. */
const OLD_FIELD = /^(?:messages|contacts|statuses|metadata)(?:\b|$)/;

/** What the nodes of a workflow read of items of the old ones. */
export class Readings {
	/** Whether something reads what our trigger gives as it came from Meta alone. */
	readsRaw = false;
	/** Whether something reads items of the old trigger that no translation reaches. */
	needsOldItems = false;

	private readonly oldTriggers: string[];

	/** @param hasStatuses whether statuses start the workflow */
	constructor(
		{ nodes }: Workflow,
		private readonly shapes: Shapes,
		private readonly hasStatuses: boolean,
		private readonly noteOf: (node: Node) => Note,
	) {
		this.oldTriggers = nodes.filter(({ type }) => isBuiltInTrigger(type)).map(({ name }) => name);
	}

	/** The node, which reads the items of ours; a note says what is left to do. */
	translated(node: Node): Node {
		if (isBuiltInTrigger(node.type)) return node;
		const { name, type } = node;
		const left = new Set<string>();
		const place = {
			input: this.shapes.into(name),
			of: (other: string) => this.shapes.outOf(other),
			isCondition: CONDITIONS.test(type),
			hasStatuses: this.hasStatuses,
		};
		const passedOn = new Set<string>();
		const ofText = (text: string, key: string): string => {
			const isCode = CODE.test(type) && /code/i.test(key);
			if (!isCode && !isExpression(text)) {
				if (isOldField(type, text, place.input)) left.add(text);
				else if (isPath(text) && namesOldPart(text)) passedOn.add(text);
				return text;
			}
			const result = translate(text, { ...place, isRecipient: key === 'to' });
			result.left.forEach((part) => left.add(part));
			if (result.left.length === 0 && namesOldPart(result.text)) passedOn.add(result.text);
			if (isCode && this.readsOldItems(result.text, place.input)) {
				left.add(key);
				return text;
			}
			this.readsRaw ||= result.readsRaw;
			return result.text;
		};
		const parameters = mapTexts(node.parameters, ofText) as Values;
		if (left.size > 0) this.noteLeft(node, [...left]);
		else if (passedOn.size > 0) this.notePassedOn(node);
		if (passesAll(node) && place.input.has('trigger')) this.noteOldForm(node);
		else if (storesAll(node) && this.readsOurs(place.input)) {
			this.noteOf(node)(
				'check',
				'It stores all fields that come, and those have other names now. See that its table has them.',
			);
		}
		return { ...node, parameters };
	}

	/** Whether items come straight from a node whose fields have changed. */
	private readsOurs(input: Set<Shape>): boolean {
		return [...input].some((shape) => shape !== 'other');
	}

	/** Whether a script names a part of the old trigger's items that was not translated. */
	private readsOldItems(script: string, input: Set<Shape>): boolean {
		if (!input.has('trigger') && !this.namesTrigger(script)) return false;
		return /\b(?:messages|contacts|statuses|metadata)\b/.test(script);
	}

	private namesTrigger(text: string): boolean {
		return this.oldTriggers.some((name) => text.includes(name));
	}

	private noteLeft(node: Node, left: string[]): void {
		const note = this.noteOf(node);
		const readsTrigger =
			this.shapes.into(node.name).has('trigger') ||
			[...left, JSON.stringify(node.parameters)].some((text) => this.namesTrigger(text));
		if (readsTrigger) this.noteOldForm(node);
		else note('left', `It reads what is no longer there: ${left.join(', ')}.`);
	}

	/** Nodes between pass items on in ways that are not known, such as code and other workflows. */
	private notePassedOn(node: Node): void {
		if (this.shapes.mayFollowTrigger(node.name) || this.namesTrigger(JSON.stringify(node))) {
			this.noteOldForm(node);
		} else if (this.shapes.isCalled(node.name)) {
			this.noteOf(node)(
				'left',
				'It reads items in the old form, which the workflow that calls this one has to give.',
			);
		}
	}

	private noteOldForm(node: Node): void {
		this.needsOldItems = true;
		this.noteOf(node)(
			'check',
			'It reads items in the old form, which a node behind the trigger goes on to give. Use the fields of the new trigger, and that node may go.',
		);
	}
}

function isOldField(type: string, text: string, input: Set<Shape>): boolean {
	return input.has('trigger') && OLD_FIELD.test(text) && /splitOut|itemLists|set$/i.test(type);
}

/** A way to a field, as nodes take it that read by name. */
function isPath(text: string): boolean {
	return /^[\w$]+(?:[.[][^\s]*)(?:,\s*\S+)*$/.test(text);
}

/** Whether a node gives its whole items to another workflow. */
function passesAll({ type, parameters }: Node): boolean {
	if (type !== 'n8n-nodes-base.executeWorkflow') return false;
	const { value } = objectIn(parameters.workflowInputs);
	return Object.keys(objectIn(value)).length === 0;
}

/** Whether a node writes all fields of its items into a table, by their names. */
function storesAll({ parameters }: Node): boolean {
	return /"(?:mappingMode|dataMode|dataToSend)":"autoMap/.test(JSON.stringify(parameters));
}

/** All texts in a value, each with the name under which it stands. */
function mapTexts(
	value: unknown,
	change: (text: string, key: string) => string,
	key = '',
): unknown {
	if (typeof value === 'string') return change(value, key);
	if (Array.isArray(value)) return value.map((entry) => mapTexts(entry, change, key));
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [name, mapTexts(entry, change, name)]),
	);
}
