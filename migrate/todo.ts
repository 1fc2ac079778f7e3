import type { Finding, Node } from './workflow';

const HEADINGS: Record<Finding['kind'], string> = {
	choose: 'Choose before it runs',
	left: 'Left to you',
	check: 'Please check',
};

/** What is left to do, as the lines of a text: each thing once, with the nodes that it concerns. */
export function todoLines(findings: Finding[]): string[] {
	return (Object.keys(HEADINGS) as Array<Finding['kind']>).flatMap((wanted) => {
		const nodes = new Map<string, Set<string>>();
		for (const { kind, text, node } of findings) {
			if (kind === wanted) nodes.set(text, (nodes.get(text) ?? new Set()).add(node));
		}
		if (nodes.size === 0) return [];
		const lines = [...nodes].map(([text, names]) => `- **${[...names].join(', ')}**: ${text}`);
		return [`### ${HEADINGS[wanted]}`, ...lines];
	});
}

/** A note that stands beside the workflow and says what is left to do. */
export function todoNote(findings: Finding[], nodes: Node[]): Node {
	const lines = todoLines(findings);
	const left = Math.min(...nodes.map(({ position }) => position[0]));
	const top = Math.min(...nodes.map(({ position }) => position[1]));
	const names = new Set(nodes.map(({ name }) => name));
	let name = 'What Is Left to Do';
	while (names.has(name)) name += ' 1';
	return {
		parameters: {
			content: ['## What is left to do', ...lines].join('\n'),
			height: 160 + lines.length * 64,
			width: 480,
			color: 4,
		},
		type: 'n8n-nodes-base.stickyNote',
		typeVersion: 1,
		position: [left - 560, top],
		id: 'what-is-left-to-do',
		name,
	};
}
