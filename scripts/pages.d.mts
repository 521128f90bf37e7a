/** Every page of documentation, by its path in the repository. */
export function pages(): string[];

/** The text of a page with everything that it takes from the code made anew. */
export function filledIn(text: string, library: Readonly<Record<string, unknown>>): string;

/** The pictures on the pages, by their paths. */
export function pictures(library: Readonly<Record<string, unknown>>): [path: string, content: string | Uint8Array][];
