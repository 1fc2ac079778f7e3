import type { Level, Meta } from './levels';
import type { FindWorkflow } from './owner';
import type { Registration } from './registration';

/** What a trigger wants of Meta: that a callback is its own address. */
export interface CallbackPlan {
	meta: Meta;
	level: Level;
	/** The trigger's address. */
	url: string;
	/** Whether it is the short-lived address of a test in the editor. */
	isTest: boolean;
	/** The kinds of events that start its workflow. */
	events: string[];
	/** The word for our own addresses. */
	verifyToken: string;
	/** Whether a callback that is not ours may be replaced. */
	mayReplace: boolean;
	/** The word for such a callback, when it is put back. */
	otherVerifyToken: string;
	/** Registrations of other triggers with the same app. */
	otherTriggers: Registration[];
	/** Whose the addresses of this n8n are. */
	workflowAt?: FindWorkflow;
	/** What this trigger has done at Meta so far. */
	done?: Registration;
}

/** Records what was done, before the next step may go wrong. */
export type RecordRegistration = (registration: Registration) => void;
