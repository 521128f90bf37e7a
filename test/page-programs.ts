import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pages } from "../scripts/pages.mjs";
import { root } from "./root.js";

/** A block of code on a page of the documentation. */
export interface PageProgram {
  /** The page and the block's number on it: `docs-lecture-04-noise-md-1`. */
  readonly name: string;
  /** The path of the page from the root. */
  readonly path: string;
  readonly code: string;
  /** Whether it only has to compile. */
  readonly typesOnly: boolean;
}

/** Blocks marked `ts` or `js` are programs; `ts types` only has to compile. */
export function pagePrograms(): PageProgram[] {
  return pages().flatMap((path) => {
    const blocks = [...readFileSync(join(root, path), "utf8").matchAll(/^```(ts|js)( types)?\n([\s\S]*?)^```/gm)];
    return blocks.map(([, , typesOnly, code], i) => {
      const name = `${path.replaceAll(/[^\w]+/g, "-")}-${i + 1}`;
      return { name, path, code, typesOnly: typesOnly !== undefined };
    });
  });
}
