/** The programs on a page whose output is on it too. */
export function cellsOf(text: string): { readonly code: string; readonly output: string }[];
