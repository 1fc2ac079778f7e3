import { button } from './dom.js';

const TABS = {
	people: 'Customers',
	phone: 'Phone',
	tries: 'Try',
	desk: 'Business',
	decided: 'Decided',
};

/** On a narrow screen one part of the page is seen at a time. */
export function showTabs(nav) {
	for (const [name, label] of Object.entries(TABS)) {
		nav.append(button(label, () => turnTo(name), { 'data-tab': name }));
	}
	turnTo('phone');
}

export function turnTo(name) {
	document.body.dataset.tab = name;
	for (const tab of document.querySelectorAll('#tabs button')) {
		tab.setAttribute('aria-current', String(tab.dataset.tab === name));
		if (tab.dataset.tab === name) tab.classList.remove('has-news');
	}
}

/** Marks a part that has news and is not seen. */
export function markTab(name) {
	if (document.body.dataset.tab === name) return;
	document.querySelector(`#tabs [data-tab="${name}"]`).classList.add('has-news');
}
