import type { Finding } from './checks';
import type { Status } from './verdict';

/** What has to be looked at goes first. */
const ORDER: Status[] = ['failed', 'warning', 'notChecked', 'ok'];

/** Failures first; within a status in the order in which a set-up is made. */
export function byUrgency(findings: Finding[]): Finding[] {
	return ORDER.flatMap((status) => findings.filter((finding) => finding.status === status));
}

/** All findings in one: how many checks came out how, and where to begin. */
export function summaryOf(findings: Finding[]): Finding {
	const of = (status: Status) => findings.filter((finding) => finding.status === status);
	const [failed, warnings, unknown] = [of('failed'), of('warning'), of('notChecked')];
	const worst = failed[0] ?? warnings[0];
	return {
		check: 'summary',
		title: 'Summary',
		status: worst?.status ?? 'ok',
		what: [
			failed.length > 0
				? `${failed.length} of ${findings.length} checks failed: ${titlesOf(failed)}.`
				: `None of ${findings.length} checks failed.`,
			...(warnings.length > 0 ? [`To be looked at: ${titlesOf(warnings)}.`] : []),
			...(unknown.length > 0 ? [`Not checked: ${titlesOf(unknown)}.`] : []),
		].join(' '),
		how: worst ? `Begin with '${worst.title}': ${worst.how}` : '',
		why: 'Later checks often fail because of an earlier one; mend the first, then check again.',
		details: {
			failed: checksOf(failed),
			warning: checksOf(warnings),
			notChecked: checksOf(unknown),
			ok: checksOf(of('ok')),
		},
	};
}

function titlesOf(findings: Finding[]): string {
	return findings.map(({ title }) => title).join(', ');
}

function checksOf(findings: Finding[]): string[] {
	return findings.map(({ check }) => check);
}
