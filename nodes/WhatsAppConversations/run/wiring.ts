/** The part of n8n's workflow object that tells how its nodes are connected. */
interface Wired {
	connectionsBySourceNode?: Record<string, { main?: Array<Array<{ node: string }> | null> }>;
}

/**
 * Whether what leaves a node by an output comes back to it, by whatever nodes. n8n promises nodes no
 * view of the connections: where it has none of this form, the answer is yes.
 */
export function comesBack(context: object, nodeName: string, output: number): boolean {
	const { workflow } = context as { workflow?: Wired };
	const connections = workflow?.connectionsBySourceNode;
	if (!connections) return true;
	const next = (name: string) => (connections[name]?.main ?? []).flatMap((to) => to ?? []);
	const reached = new Set<string>();
	const toVisit = (connections[nodeName]?.main?.[output] ?? []).map(({ node }) => node);
	for (let name = toVisit.pop(); name !== undefined; name = toVisit.pop()) {
		if (name === nodeName) return true;
		if (reached.has(name)) continue;
		reached.add(name);
		toVisit.push(...next(name).map(({ node }) => node));
	}
	return false;
}
