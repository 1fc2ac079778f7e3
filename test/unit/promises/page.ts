/**
 * Every sentence of a page of `docs`, quoted as `sentencesOf()` gives it. Who changes a sentence changes
 * it here too, and looks whether its tests still prove it.
 */
export interface Page {
	page: string;
	/**
	 * What the package does, with the tests that prove it: `<file below test>: <block> › <test>`, the
	 * title as it is written there.
	 */
	promises: Record<string, string[]>;
	/** What WhatsApp, n8n or the law do; what leads over to the next sentence. */
	ofOthers: string[];
	/** What the reader may do, and where more is said. */
	advice: string[];
	/** Figures that `npm run bench` gives. */
	measured?: string[];
}
