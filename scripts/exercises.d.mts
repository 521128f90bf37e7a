/** The names of all exercises. */
export function exerciseNames(): string[];
/** The starter of each exercise, and the JavaScript of starter and solution, as [path, text]. */
export function generatedFiles(): [path: string, text: string][];
/** A solution without the bodies of the functions to write, and without the imports that only they need. */
export function starterOf(solution: string, options: { name: string; written: readonly string[] }): string;
/** Cuts all types out of a program that has neither enums nor casts. */
export function withoutTypes(source: string): string;
