import { readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { root } from "./root.js";

/** Every file in a folder of the repository with the given ending, sorted. */
export function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => posix.join(folder, name.replaceAll("\\", "/")))
    .filter((path) => path.endsWith(ending))
    .sort();
}
