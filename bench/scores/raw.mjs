/** The results of finished runs: one file per algorithm, preset and environment, one line per seed. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { machine } from "../race.mjs";

const FOLDER = new URL("raw/", import.meta.url);

const fileOf = ({ algorithm, preset, env }) => new URL(`${algorithm}-${preset}-${env}.json`, FOLDER);

/** `{ config, machine, runs }`, or undefined before the first run has finished. */
export function readRaw(task) {
  const file = fileOf(task);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/**
 * The stored results for these settings. Results for other settings don't count, but an option that was added since does not
 * invalidate them. `--again` ignores all of them.
 */
export function resultsFor(task, config) {
  const raw = readRaw(task);
  if (raw === undefined) return [];
  const same = (before, now) =>
    Object.keys(before).every((key) => JSON.stringify(before[key]) === JSON.stringify(now[key]));
  const { options, ...rest } = raw.config;
  const { options: optionsNow, ...restNow } = settingsOf(config);
  return same(rest, restNow) && same(options, optionsNow) ? raw.runs : [];
}

/** Adds a run, and replaces an older one with the same seed. */
export function record(task, config, runs) {
  mkdirSync(FOLDER, { recursive: true });
  const file = fileOf(task);
  const lines = [...runs].sort((a, b) => a.seed - b.seed).map((run) => JSON.stringify(run));
  const head = `"config":${JSON.stringify(settingsOf(config))},\n"machine":${JSON.stringify({ ...machine(), node: process.version })}`;
  writeFileSync(`${file.pathname}.new`, `{${head},\n"runs":[\n${lines.join(",\n")}\n]}\n`);
  renameSync(`${file.pathname}.new`, file.pathname);
}

/** A resolved config without the fields that differ between runs. */
function settingsOf({ seed: _, ...rest }) {
  return rest;
}
