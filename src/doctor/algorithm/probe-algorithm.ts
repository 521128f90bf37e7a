/** Trains an algorithm in worlds whose right answers are known, and compares. */

import type { Algorithm } from "../../algorithms/algorithm.js";
import { algorithmEntry } from "../../algorithms/registry.js";
import { resolveConfig } from "../../training/config.js";
import type { ProbeResult } from "./probe.js";
import { probes } from "./probes.js";
import { type ProbeOptions, runProbe } from "./run-probe.js";
import { worldOf } from "./world.js";

/**
 * Trains the algorithm in the world of each probe, with the given settings, and compares V or the policy with what theory
 * says. The same arguments give the same results.
 *
 * @param algorithm a registered name, or an object from `defineAlgorithm`
 * @throws ConfigError for an unknown name, preset or option, and where options contradict each other
 */
export function probeAlgorithm(algorithm: string | Algorithm, options: ProbeOptions = {}): ProbeResult[] {
  const found = typeof algorithm === "string" ? algorithmEntry(algorithm) : algorithm;
  // Wrong settings are the caller's mistake, and no failure of the algorithm.
  resolveConfig({ ...options, algorithm: found, env: () => worldOf(probes[0].rules(() => {})) });
  return probes.map((probe) => runProbe(probe, found, options));
}
