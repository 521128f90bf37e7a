/** The names of all exercises. */
export function exerciseNames(): string[];
/** The JavaScript of each starter and solution as [path, text]. */
export function javascriptFiles(): [path: string, text: string][];
/** Cuts all types out of a program that has neither enums nor casts. */
export function withoutTypes(source: string): string;
