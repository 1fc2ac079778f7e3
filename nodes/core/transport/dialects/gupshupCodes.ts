/**
 * Meta's codes for Gupshup's own, which say the same (Gupshup: Error codes). Whatever kept a template
 * from going out instead, 1004 to 1008 say first of all that the contact is inactive.
 */
const CODES: Record<string, number> = {
	1002: 131026,
	1003: 131042,
	1004: 131047,
	1005: 131047,
	1006: 131047,
	1007: 131047,
	1008: 131047,
	1010: 131053,
	1011: 131053,
	1012: 131050,
	4001: 130429,
	4003: 132001,
	4005: 132015,
};

/** The code that Meta has for one of Gupshup's; undefined for all others. */
export function metaCodeOf(code: unknown): number | undefined {
	return CODES[String(code)];
}
