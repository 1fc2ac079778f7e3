/** Asks the server to do something. @throws Error with what stood in the way, in words */
export async function ask(name, input = {}) {
	const response = await fetch(`api/${name}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(input),
	});
	const answer = await response.json().catch(() => null);
	if (!response.ok) throw new Error(answer?.problem ?? `The server answered ${response.status}.`);
	return answer;
}

/** The business numbers there are. */
export async function numbers() {
	return await (await fetch('api/numbers')).json();
}
