import { button, el } from './dom.js';

/** How long a notice stays: long enough to be read, by its length. */
const SHOWN_MS = 6000;
const PER_CHARACTER_MS = 60;

let timer;

/** Says something above the page for a while; screen readers say it at once. */
export function tell(text) {
	const notice = document.getElementById('notice');
	const hide = () => (notice.hidden = true);
	notice.replaceChildren(el('span', {}, text), button('×', hide, { 'aria-label': 'Close' }));
	notice.hidden = false;
	clearTimeout(timer);
	timer = setTimeout(hide, SHOWN_MS + text.length * PER_CHARACTER_MS);
}

/** Whether a notice that is shown says this already. */
export function isTold(text) {
	const notice = document.getElementById('notice');
	return !notice.hidden && notice.textContent.includes(text);
}

/** Does something, and tells what stood in the way. */
export async function safely(work) {
	try {
		await work();
	} catch (error) {
		tell(error.message);
	}
}
