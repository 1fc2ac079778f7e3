/**
 * An element with attributes, listeners (`on…`) and children. Texts become text nodes: nothing that
 * a person wrote is ever read as HTML.
 */
export function el(tag, props = {}, ...children) {
	const node = document.createElement(tag);
	for (const [name, value] of Object.entries(props)) {
		if (value === undefined || value === false || value === null) continue;
		if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
		else node.setAttribute(name, value === true ? '' : String(value));
	}
	node.append(...children.flat(Infinity).filter((child) => child || child === 0));
	return node;
}

/** A button that says what it does. */
export function button(label, onclick, props = {}) {
	return el('button', { type: 'button', onclick, ...props }, label);
}

/** Words that are heard and not seen. */
export function unseen(text) {
	return el('span', { class: 'unseen' }, text);
}

/** Puts new children in, unless they would be the same: what has the focus then keeps it. */
export function fill(node, state, build) {
	const text = JSON.stringify(state);
	if (node.shown === text) return;
	node.shown = text;
	const focused = node.contains(document.activeElement) ? nameOf(document.activeElement) : '';
	node.replaceChildren(...[build()].flat(Infinity).filter(Boolean));
	if (!focused) return;
	[...node.querySelectorAll('button, a, input, select, summary')]
		.find((one) => nameOf(one) === focused)
		?.focus({ preventScroll: true });
}

function nameOf(node) {
	return node.dataset.name || node.getAttribute('aria-label') || node.textContent;
}

/**
 * Makes a list show these items: what is there stays and is updated, what is new is built in its
 * place, what is gone goes.
 *
 * @param key names an item
 * @param build makes the element of a new item
 * @param update brings an element up to date; called for new ones too
 */
export function reconcile(list, items, { key, build, update }) {
	const old = new Map([...list.children].map((node) => [node.dataset.key, node]));
	let last = null;
	for (const item of items) {
		const name = key(item);
		let node = old.get(name);
		old.delete(name);
		if (!node) {
			node = build(item);
			node.dataset.key = name;
		}
		update?.(node, item);
		const place = last ? last.nextSibling : list.firstChild;
		if (place !== node) list.insertBefore(node, place);
		last = node;
	}
	for (const node of old.values()) node.remove();
}
