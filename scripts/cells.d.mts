/** The programs on a page whose output is on it too. */
export function cellsOf(text: string): string[];

/** The page with the outputs, by the text of the program. */
export function withOutputs(text: string, outputs: ReadonlyMap<string, string>): string;
