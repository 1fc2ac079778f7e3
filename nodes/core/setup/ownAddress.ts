import type { SetupFacts } from './facts';
import { notChecked, ok, warning, type Verdict } from './verdict';

/** Whether answers to questions reach the runs that wait for them. */
export function ownAddress({ self }: SetupFacts): Verdict {
	if (!self) return notChecked('Where n8n resumes runs that wait was not told.');
	const { address, isReached } = self;
	const details = { address };
	if (isReached) {
		return ok(`n8n reaches itself at ${address}, so answers reach the runs that wait.`, details);
	}
	return warning(
		`n8n does not reach itself at ${address}. Answers to 'Send and Wait for Response' are handed over at the port of n8n where the deliveries come in, if that can be reached.`,
		"If answers do not arrive, give the option 'Inner Address' of the trigger an address that n8n can reach from inside, such as http://localhost:5678.",
		details,
	);
}
