/** A depot in a folder that all machines share. */

import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { codeOf } from "../../file-error.js";
import { PARTIAL, writeShared } from "../../write-file.js";
import type { Depot } from "./depot.js";

export function folderDepot(folder: string): Depot {
  const unless = <T>(work: () => T, absent: T): T => {
    try {
      return work();
    } catch (error) {
      if (codeOf(error) === "ENOENT") return absent;
      throw error;
    }
  };
  return {
    shown: folder,
    async put(run, name, bytes) {
      mkdirSync(join(folder, run), { recursive: true });
      writeShared(join(folder, run, name), bytes);
    },
    async get(run, name) {
      return unless(() => readFileSync(join(folder, run, name)), undefined);
    },
    async list(run) {
      return unless(() => readdirSync(join(folder, run)), []).filter((name) => !name.endsWith(PARTIAL));
    },
    async remove(run) {
      rmSync(join(folder, run), { recursive: true, force: true });
    },
    async close() {},
  };
}
