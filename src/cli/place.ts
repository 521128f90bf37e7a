/** Whether a file can be written, found out before the work whose result it is to hold. */

import { dirname } from "node:path";
import { isFolder } from "../node/folders.js";
import { UsageError } from "./usage-error.js";

/** @throws UsageError for an empty path, a folder, or a file in a folder that does not exist */
export function checkPlace(flag: string, path: string): void {
  if (path.trim() === "") throw new UsageError(`${flag}: got "", allowed is a file to write`);
  if (isFolder(path)) throw new UsageError(`${flag}: got "${path}", which is a folder; allowed is a file to write`);
  const folder = dirname(path);
  if (!isFolder(folder))
    throw new UsageError(`${flag}: got "${path}", allowed is a file in a folder that exists; ${folder} does not`);
}
