import { algorithmEntry } from "ascent/algorithms";
import type { ResolvedConfig } from "../protocol.js";

/** The options that the preset of a run sets for its environment. None where this version has no such preset. */
export function presetOptions({
  algorithm,
  preset: name,
  env,
}: Pick<ResolvedConfig, "algorithm" | "preset" | "env">): Readonly<Record<string, unknown>> {
  const { presets } = algorithmEntry(algorithm);
  const preset = Object.hasOwn(presets, name) ? presets[name as keyof typeof presets] : undefined;
  return { ...preset?.options, ...(env === null ? {} : preset?.envs?.[env]?.options) };
}
