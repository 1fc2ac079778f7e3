interface Meaning {
	/** What it means, in a sentence. */
	text: string;
	/** What to do before the template can be sent. */
	mend?: string;
}

/**
 * What Meta's statuses of a template mean, as lists and webhooks name them (Meta: Template status,
 * message_template_status_update, Template pausing).
 */
const MEANINGS: Record<string, Meaning> = {
	APPROVED: { text: 'The template is approved and can be sent.' },
	REINSTATED: { text: 'The template is no longer disabled or at risk, and can be sent.' },
	FLAGGED: { text: 'People complained about the template; it may soon be paused or disabled.' },
	LOCKED: { text: 'The template is locked and cannot be edited.' },
	UNARCHIVED: { text: 'The template is out of the archive again.' },
	PENDING: { text: 'Meta reviews the template; until then it cannot be sent.' },
	IN_APPEAL: { text: 'Meta reviews the template once more; until then it cannot be sent.' },
	REJECTED: {
		text: 'Meta rejected the template, so it cannot be sent.',
		mend: 'Edit the template, or choose another one.',
	},
	PAUSED: {
		text: 'Meta has paused the template because of low quality or pacing, so it cannot be sent for now.',
		mend: 'Choose another template until the pause ends, or edit this one.',
	},
	DISABLED: {
		text: 'Meta has disabled the template because of low quality, so it cannot be sent.',
		mend: 'Choose another template, or edit this one.',
	},
	LIMIT_EXCEEDED: {
		text: 'The account has as many templates as Meta allows, so this one cannot be sent.',
		mend: 'Delete templates that you do not need.',
	},
	ARCHIVED: {
		text: 'Meta has archived the template because it was not used, so it cannot be sent.',
		mend: 'Choose another template, or take this one out of the archive in WhatsApp Manager.',
	},
	PENDING_DELETION: { text: 'The template is being deleted.', mend: 'Choose another template.' },
	DELETED: { text: 'The template is deleted.', mend: 'Choose another template.' },
};

/** What a status means, in a sentence; '' for one that is not known. */
export function statusText(status: string): string {
	return MEANINGS[status.toUpperCase()]?.text ?? '';
}

/** What to do about a status with which the template cannot be sent. */
export function statusMend(status: string): string {
	return MEANINGS[status.toUpperCase()]?.mend ?? 'Choose another template or wait for approval.';
}

/** What people's reactions make of a template (Meta: Template quality rating, Template pausing). */
const QUALITIES: Record<string, string> = {
	GREEN: 'The quality of the template is high.',
	YELLOW: 'The quality of the template is medium: people block or report it now and then.',
	RED: 'The quality of the template is low, for which Meta pauses templates.',
	UNKNOWN: 'Meta does not know the quality of the template yet.',
};

/** What a quality means, in a sentence; '' for one that is not known. */
export function qualityText(score: string): string {
	return QUALITIES[score.toUpperCase()] ?? '';
}
