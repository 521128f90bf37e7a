import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Depot } from "./depots/depot.js";
import { folderDepot } from "./depots/folder-depot.js";
import { fetchRun, storeRun } from "./run-files.js";

const place = (): string => mkdtempSync(join(tmpdir(), "ascent-files-"));
const FILES = ["best.safetensors", "checkpoint.safetensors", "metrics.jsonl", "outcome.json", "run.json"];

/** The folder of a run that has ended. */
function ended(): string {
  const folder = place();
  for (const name of [...FILES, "report.html", "lock"]) writeFileSync(join(folder, name), name);
  return folder;
}

/** A depot whose machine dies after so many files. */
function dyingAfter(count: number, depot: Depot): Depot {
  let left = count;
  const put: Depot["put"] = async (run, name, bytes) => {
    if (left-- === 0) throw new Error("dead");
    await depot.put(run, name, bytes);
  };
  return { ...depot, put };
}

describe("the files of a run", () => {
  it("come back as they were, without its lock and its report", async () => {
    const depot = folderDepot(place());
    await storeRun(depot, "a", ended(), 1e6);
    const folder = join(place(), "a");
    expect(await fetchRun(depot, "a", folder)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(FILES);
  });

  it.each([0, 1, 2, 3, 4, 5])(
    "that a machine has brought %i of before it died have no record before their checkpoint",
    async (count) => {
      const depot = folderDepot(place());
      await storeRun(dyingAfter(count, depot), "a", ended(), 1e6).catch(() => undefined);
      const folder = join(place(), "a");
      const found = await fetchRun(depot, "a", folder);
      const names = found ? readdirSync(folder) : [];
      expect(found).toBe(count >= 4);
      expect(names.includes("run.json")).toBe(names.includes("checkpoint.safetensors"));
      expect(names.includes("outcome.json")).toBe(count === 5);
    },
  );

  it("are refused where they are larger than a store takes, and where a name leads out of the folder", async () => {
    const depot = folderDepot(place());
    await expect(storeRun(depot, "a", ended(), 10)).rejects.toThrow(
      /takes 0.0 MiB, and .* keep files elsewhere: --files s3/,
    );
    expect(await depot.list("a")).toEqual([]);
    const root = place();
    mkdirSync(join(root, "b"));
    for (const name of ["run.json.gz", "..gz"]) writeFileSync(join(root, "b", name), "");
    await expect(fetchRun(folderDepot(root), "b", join(place(), "b"))).rejects.toThrow(
      /unexpected end of file|has a file named/,
    );
  });
});
