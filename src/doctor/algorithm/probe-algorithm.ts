/** Trains an algorithm in worlds whose right answers are known, and compares. */

import type { Algorithm } from "../../algorithms/algorithm.js";
import { algorithmEntry } from "../../algorithms/registry.js";
import { ConfigError, nearest } from "../../errors.js";
import { resolveConfig } from "../../training/config.js";
import type { Probe, ProbeResult } from "./probe.js";
import { probes } from "./probes.js";
import { type ProbeOptions, runProbe } from "./run-probe.js";
import { worldOf } from "./world.js";

/**
 * Trains the algorithm in the world of each probe, with the given settings, and compares V or the policy with what theory
 * says. The same arguments give the same results.
 *
 * @param algorithm a registered name, or an object from `defineAlgorithm`
 * @throws ConfigError for an unknown name, preset, option or probe, and where options contradict each other
 */
export function probeAlgorithm(algorithm: string | Algorithm, options: ProbeOptions = {}): ProbeResult[] {
  const found = typeof algorithm === "string" ? algorithmEntry(algorithm) : algorithm;
  // Wrong settings are the caller's mistake, and no failure of the algorithm.
  const { probes: wanted, ...settings } = options;
  resolveConfig({ ...settings, algorithm: found, env: () => worldOf(probes[0].rules(() => {})) });
  return chosen(wanted).map((probe) => runProbe(probe, found, options));
}

function chosen(wanted: readonly string[] | undefined): readonly Probe[] {
  if (wanted === undefined) return probes;
  const names = probes.map(({ name }) => name);
  for (const given of wanted) {
    if (names.includes(given)) continue;
    throw new ConfigError({
      field: "probes",
      given,
      allowed: `some of ${names.join(", ")}`,
      nearest: nearest(given, names),
    });
  }
  return probes.filter(({ name }) => wanted.includes(name));
}
