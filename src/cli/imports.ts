/** Imports the user's modules before a command reads its flags: `--import ./walk.ts`, or `./walk.ts:Walk-v9`. */

import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { listAlgorithms } from "../algorithms/registry.js";
import { listEnvs } from "../envs/registry.js";
import { ConfigError, nearest } from "../errors.js";
import { registerMujoco, registerRobotNames } from "../mujoco/robots.js";
import { findAgain, findModule } from "../node/modules/find-module.js";
import { importModule } from "../node/modules/import-module.js";
import { needRobots, robotsModule, withRobots } from "../node/modules/robots-module.js";
import type { RunImport } from "../training/run-record.js";
import { MODULE_MEANING } from "./import-options.js";
import type { Token } from "./tokens.js";
import { UsageError } from "./usage-error.js";

/** The input of a command. */
export interface CommandLine {
  /** The tokens without `--import`, and with `Walk-v9` instead of `./walk.ts:Walk-v9`. */
  readonly tokens: readonly Token[];
  /** The imported modules, in order. */
  readonly imports: readonly RunImport[];
}

/** The names that each module registered, by its path. */
const registered = new Map<string, readonly string[]>();

/** Imports the modules that the tokens name. @throws UsageError @throws ConfigError @throws FileError */
export async function importNamed(tokens: readonly Token[]): Promise<CommandLine> {
  registerRobotNames();
  const imports: RunImport[] = [];
  const add = async (found: RunImport): Promise<void> => {
    await load(found);
    if (!imports.some(({ path }) => path === found.path)) imports.push(found);
  };
  const rest: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token.kind !== "option" || token.name !== "import") {
      rest.push(token);
      continue;
    }
    const next = token.inline === undefined ? tokens[++i] : undefined;
    const module = token.inline ?? (next?.kind === "word" ? next.text : undefined);
    if (module === undefined) throw new UsageError(`--import needs a value: ${MODULE_MEANING}`);
    await add({ module, path: findModule(module) ?? notFound(module) });
  }
  const plain: Token[] = [];
  for (const token of rest) {
    const named = token.kind === "word" ? envInModule(token.text) : undefined;
    if (named === undefined) plain.push(token);
    else {
      const { id, ...found } = named;
      await add(found);
      requireRegistered(id, found);
      plain.push({ kind: "word", text: id });
    }
  }
  return { tokens: plain, imports };
}

/** The same line, with MuJoCo loaded if it names a robot. @throws ConfigError that says how to install it */
export async function importRobots({ tokens, imports }: CommandLine): Promise<CommandLine> {
  const texts = tokens.map((token) => (token.kind === "word" ? token.text : (token.inline ?? "")));
  return { tokens, imports: await loadRobots(imports, texts.flatMap(namesIn)) };
}

/** The modules, with MuJoCo loaded and its module among them if one of the environments is a robot. */
export async function loadRobots(
  imports: readonly RunImport[],
  envs: readonly (string | null | undefined)[],
): Promise<readonly RunImport[]> {
  if (needRobots(envs)) await registerMujoco();
  return withRobots(imports, envs);
}

/** The words of `env=Hopper-v5,Ant-v5`, or of a file, that could be ids. */
export function namesIn(text: string): string[] {
  return text.split(/[^\w.:/-]+/);
}

/**
 * Imports the modules of a saved run, or those that the command line names instead, and MuJoCo if its environment needs it.
 *
 * @throws ConfigError if a module no longer exists @throws FileError
 */
export async function importForRun(
  remembered: readonly RunImport[],
  named: readonly RunImport[],
  env?: string | null,
): Promise<readonly RunImport[]> {
  const others = named.filter(({ path }) => path !== robotsModule.path);
  const found = others.length > 0 ? named : [...(await remembering(remembered)), ...named];
  return loadRobots(onlyOnce(found), [env]);
}

function onlyOnce(imports: readonly RunImport[]): RunImport[] {
  return imports.filter(({ path }, i) => imports.findIndex((other) => other.path === path) === i);
}

/** @throws ConfigError if a module no longer exists @throws FileError */
async function remembering(remembered: readonly RunImport[]): Promise<readonly RunImport[]> {
  const found = remembered.map(({ module, path }): RunImport => {
    const now = findAgain({ module, path });
    if (now !== undefined) return now;
    const allowed = `a module that is there: this run needs what ${module} registers, and ${path} is gone`;
    throw new ConfigError({ field: "--import", given: "none", allowed });
  });
  for (const one of found) await load(one);
  return found;
}

/** A sentence for errors about unknown names: which imported modules registered nothing. */
export function silentImports(imports: readonly RunImport[]): string {
  const silent = imports.filter(({ path }) => path !== robotsModule.path && registered.get(path)?.length === 0);
  return silent.map(({ module }) => `\n${module} was imported; it ${NOTHING}`).join("");
}

const NOTHING = "registers nothing, or does so with another copy of Ascent than the one that runs here";

async function load({ path }: RunImport): Promise<void> {
  if (registered.has(path)) return;
  // Its error says how to install MuJoCo, and not that an import failed.
  if (path === robotsModule.path) return registerMujoco();
  const before = new Set(registeredNames());
  await importModule(path);
  registered.set(
    path,
    registeredNames().filter((name) => !before.has(name)),
  );
}

function registeredNames(): string[] {
  return [...listEnvs().map(({ id }) => id), ...listAlgorithms().map(({ name }) => name)];
}

/** Splits `./walk.ts:Walk-v9`. Ids may contain colons too, so the part before the colon must be a module. */
function envInModule(word: string): (RunImport & { readonly id: string }) | undefined {
  for (let colon = word.lastIndexOf(":"); colon > 0; colon = word.lastIndexOf(":", colon - 1)) {
    const module = word.slice(0, colon);
    const path = findModule(module);
    if (path !== undefined) return { module, path, id: word.slice(colon + 1) };
  }
  const file = /^(.*\.[mc]?[jt]s):/.exec(word)?.[1];
  return file === undefined ? undefined : notFound(file);
}

function requireRegistered(id: string, { module, path }: RunImport): void {
  if (registeredNames().includes(id)) return;
  const own = registered.get(path) ?? [];
  const guess = nearest(id, own);
  const hint = guess === undefined ? "" : ` Did you mean ${module}:${guess}?`;
  const has = own.length === 0 ? `It ${NOTHING}` : `It registers: ${own.join(", ")}`;
  throw new UsageError(`${module} does not register an environment or an algorithm "${id}".${hint}\n${has}`);
}

function notFound(module: string): never {
  const folder = dirname(module);
  const guess = nearest(basename(module), filesIn(folder));
  const near = guess === undefined ? undefined : folder === "." ? `./${guess}` : join(folder, guess);
  throw new ConfigError({
    field: "--import",
    given: module,
    allowed: `${MODULE_MEANING}; this is neither`,
    nearest: near,
  });
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
