import { DateTime } from 'luxon';

import type { SetupFacts } from './facts';
import { failed, notChecked, ok, warning, type Verdict } from './verdict';

/** What Meta has not told yet. */
const NOT_ANNOUNCED = '';

/** Versions that are still served, and their last day (Meta: Graph API changelog). */
const LAST_DAYS: Record<string, string> = {
	'v21.0': '2027-01-21',
	'v22.0': '2027-05-20',
	'v23.0': '2027-10-08',
	'v24.0': '2028-02-18',
	'v25.0': '2028-07-29',
	'v26.0': NOT_ANNOUNCED,
	'v27.0': NOT_ANNOUNCED,
};

/** The oldest one of which a version that we do not name is newer. */
const OLDEST = 21;

/** The default of the credential. */
const TRIED = 'v26.0';

const SOON_DAYS = 90;

const CHOOSE = `Set 'API Version' of the credential to ${TRIED}.`;

/** Whether Meta still serves the version, and for how long. */
export function apiVersion({ credential, now }: SetupFacts): Verdict {
	const version = credential.apiVersion;
	const number = /^v(\d+)\.0$/.exec(version)?.[1];
	if (!number) return failed(`'${version}' is no version of the Graph API.`, CHOOSE);
	if (Number(number) < OLDEST) {
		return failed(`${version} has expired; Meta answers as a later version would.`, CHOOSE);
	}
	const lastDay = LAST_DAYS[version];
	if (lastDay === undefined) {
		return notChecked(`${version} is newer than this package; when it ends is not known here.`);
	}
	if (lastDay === NOT_ANNOUNCED) {
		return ok(`Meta serves ${version}, and has not announced when it ends.`);
	}
	const days = DateTime.fromISO(lastDay, { zone: 'utc' }).diff(
		DateTime.fromSeconds(now, { zone: 'utc' }),
		'days',
	).days;
	const details = { lastDay };
	if (days < 0) {
		return failed(
			`${version} ended on ${lastDay}; Meta answers as a later version would.`,
			CHOOSE,
			details,
		);
	}
	if (days <= SOON_DAYS) return warning(`${version} ends on ${lastDay}.`, CHOOSE, details);
	return ok(`Meta serves ${version} until ${lastDay} at least.`, details);
}
