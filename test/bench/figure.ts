/** What a benchmark found. */
export interface Figure {
	name: string;
	value: number;
	unit: string;
}
