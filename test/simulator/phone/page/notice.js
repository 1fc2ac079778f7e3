/** How long a notice stays. */
const SHOWN_MS = 7000;

let timer;

/** Says something at the edge of the page for a while; screen readers say it at once. */
export function tell(text) {
	const notice = document.getElementById('notice');
	notice.textContent = text;
	notice.hidden = false;
	clearTimeout(timer);
	timer = setTimeout(() => (notice.hidden = true), SHOWN_MS);
}

/** Does something, and tells what stood in the way. */
export async function safely(work) {
	try {
		await work();
	} catch (error) {
		tell(error.message);
	}
}
