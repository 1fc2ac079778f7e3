/** What keeps a version from being released, as sentences; empty when nothing does. */
export function obstaclesTo(
	tag: string,
	version: string,
	changelog: string,
	today: string,
): string[] {
	const obstacles: string[] = [];
	if (tag !== `v${version}`) {
		obstacles.push(`The tag is '${tag}', but package.json has version ${version}.`);
	}
	const [, ...sections] = changelog.split(/^## /m);
	const sectionOf = (title: RegExp) => sections.find((section) => title.test(section));
	const unreleased = sectionOf(/^Unreleased\b/);
	if (unreleased === undefined) {
		obstacles.push("CHANGELOG.md has no section 'Unreleased' for what comes next.");
	} else if (unreleased.split('\n').slice(1).join('').trim() !== '') {
		obstacles.push(`CHANGELOG.md has changes under 'Unreleased': move them to ${version}.`);
	}
	const escaped = version.replace(/\./g, '\\.');
	const released = sectionOf(new RegExp(`^${escaped} – \\d{4}-\\d{2}-\\d{2}$`, 'm'));
	if (released === undefined) {
		obstacles.push(`CHANGELOG.md has no section '${version} – ${today}'.`);
	}
	return obstacles;
}
