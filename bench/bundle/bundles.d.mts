/** What a page downloads for each use of the library, and the most that it may be, in kB after gzip. */
export const programs: Readonly<Record<string, { readonly most: number; readonly source: string }>>;

/** The minified bytes of a program, and the same after gzip. The library must be built. */
export function sizeOf(source: string): Promise<{ readonly minified: number; readonly gzipped: number }>;
