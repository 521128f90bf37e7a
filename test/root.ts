import { join } from "node:path";

/** The folder of the repository. Tests that only need this path do not load the compiler with `source-tree.ts`. */
export const root: string = join(import.meta.dirname, "..");
