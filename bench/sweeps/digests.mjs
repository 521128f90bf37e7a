// Digests of what a sweep leaves, to compare it with what the same sweep left elsewhere.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The SHA-256 of a file. */
export function digest(path) {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

/** Digests of all files of a sweep that only its plan determines, by path: of its runs, all but run.json, which holds times. */
export function digests(folder) {
  const files = readdirSync(join(folder, "runs")).flatMap((run) => {
    const names = readdirSync(join(folder, "runs", run)).filter((name) => name !== "run.json");
    return names.map((name) => join("runs", run, name));
  });
  // A sweep that lacks a run has no results.
  const results = existsSync(join(folder, "results.json")) ? ["results.json"] : [];
  return Object.fromEntries([...results, ...files].map((path) => [path, digest(join(folder, path))]));
}

/** The paths whose digests differ, and those that only one of the two has. */
export function differences(expected, found) {
  return [...new Set([...Object.keys(expected), ...Object.keys(found)])].filter((key) => expected[key] !== found[key]);
}
