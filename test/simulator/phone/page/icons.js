const SVG = 'http://www.w3.org/2000/svg';

/** Drawn on 24 × 24, as strokes. */
const PATHS = {
	send: 'M4 12 20 4l-5 16-4-7z M11 13l9-9',
	waiting: 'M12 7v5l3 2 M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
	tick: 'M5 13l4 4L19 7',
	ticks: 'M2 13l4 4L15 7 M11 16l1 1L22 7',
	failed: 'M12 7v6 M12 16.5v.5 M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
	file: 'M7 3h7l4 4v14H7z M14 3v4h4 M10 12h5 M10 16h5',
	place: 'M12 21s-6-6-6-11a6 6 0 1 1 12 0c0 5-6 11-6 11z M12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
	person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4 21c0-4 3.500-6 8-6s8 2 8 6',
	call: 'M6 3h3l2 5-2.500 1.500a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z',
	link: 'M14 4h6v6 M20 4l-9 9 M18 14v6H4V6h6',
	reply: 'M10 6 4 12l6 6 M4 12h9a7 7 0 0 1 7 7',
	list: 'M8 6h12 M8 12h12 M8 18h12 M4 6h.010 M4 12h.010 M4 18h.010',
	copy: 'M9 9h11v11H9z M5 15H4V4h11v1',
	form: 'M5 4h14v16H5z M8 9h8 M8 13h8 M8 17h4',
	cart: 'M3 4h3l2 11h10l2-8H7 M9 20h.010 M17 20h.010',
	picture: 'M4 5h16v14H4z M4 16l5-5 4 4 3-3 4 4 M15.500 9.500h.010',
	sound: 'M5 10v4 M9 6v12 M13 9v6 M17 5v14 M21 10v4',
	film: 'M4 5h16v14H4z M10 9l5 3-5 3z',
	face: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z M8 14c2 3 6 3 8 0 M9 9h.010 M15 9h.010',
	ad: 'M4 10v4l11 5V5z M19 10v4 M7 15v5h3',
	stop: 'M8 3h8l5 5v8l-5 5H8l-5-5V8z M8 12h8',
	unknown:
		'M9 9a3 3 0 1 1 4 3c-1 .500-1 1-1 2 M12 17.500v.010 M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
};

/** A small picture beside words; it says nothing by itself. */
export function icon(name) {
	const svg = document.createElementNS(SVG, 'svg');
	svg.setAttribute('viewBox', '0 0 24 24');
	svg.setAttribute('aria-hidden', 'true');
	svg.setAttribute('class', 'icon');
	const path = document.createElementNS(SVG, 'path');
	path.setAttribute('d', PATHS[name] ?? PATHS.unknown);
	svg.append(path);
	return svg;
}
