/** Loads a sweep from a file: JSON, or a module that exports it. */

import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { ConfigError } from "../errors.js";
import { FileError } from "../node/file-error.js";
import { findModule, isFile } from "../node/modules/find-module.js";
import { importModule } from "../node/modules/import-module.js";
import { reading } from "../node/reading.js";
import type { SweepConfig } from "../sweeps/sweep-config.js";
import type { RunImport } from "../training/run-record.js";
import { importNamed, loadRobots, namesIn } from "./imports.js";

const FILE = /\.(json|[mc]?[jt]s)$/;

/** Whether a word names a file rather than an algorithm. */
export function isSweepFile(word: string | undefined): word is string {
  return word !== undefined && FILE.test(word);
}

export interface LoadedSweep {
  readonly config: SweepConfig;
  /** The module itself, as it may register what its runs need. */
  readonly imports: readonly RunImport[];
}

/** @throws ConfigError if there is no such file, or it exports no sweep @throws FileError if it can't be read */
export async function loadSweep(file: string): Promise<LoadedSweep> {
  if (!isFile(resolve(file)))
    throw new ConfigError({ field: "sweep", given: file, allowed: "a file: sweep.json, sweep.js or sweep.ts" });
  if (file.endsWith(".json")) {
    const config = readJson(file);
    return { config, imports: await loadRobots([], envsIn(config)) };
  }
  const path = findModule(resolve(file)) ?? file;
  const { imports } = await importNamed([{ kind: "option", name: "import", typed: "--import", inline: path }]);
  const module = await importModule(path);
  const config: unknown = "default" in module ? module.default : undefined;
  if (isSweep(config)) {
    const own = imports.map((one) => ({ ...one, module: file }));
    return { config, imports: await loadRobots(own, envsIn(config)) };
  }
  const allowed = `a module that exports a sweep: export default defineSweep({ … }); ${basename(file)} does not`;
  throw new ConfigError({ field: "sweep", given: file, allowed });
}

/** What could be the id of an environment, wherever in a sweep it stands. */
function envsIn(config: SweepConfig): string[] {
  return namesIn(JSON.stringify(config, (_, value) => (typeof value === "bigint" ? String(value) : value)));
}

function readJson(file: string): SweepConfig {
  const text = reading(file, () => readFileSync(file, "utf8"));
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new FileError(file, `is not JSON: ${(error as Error).message}`, error);
  }
  if (!isSweep(read))
    throw new FileError(file, 'is no sweep: fields by name, such as { "algorithm": "ppo", "grid": … }');
  const { $schema: _, ...config }: SweepConfig & { $schema?: string } = read;
  return config;
}

function isSweep(value: unknown): value is SweepConfig {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
