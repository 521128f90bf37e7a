/** Observations as JSON and back: numbers, typed arrays, and lists of these. */

import type { Json } from "../envs/env.js";
import { packFloats } from "../envs/snapshot.js";

const TYPED = { float32: Float32Array, int32: Int32Array, int8: Int8Array } as const;

export function observationToJson(observation: unknown): Json {
  for (const [name, type] of Object.entries(TYPED)) {
    if (observation instanceof type) return { [name]: packFloats(observation) };
  }
  if (Array.isArray(observation)) return observation.map(observationToJson);
  return (observation ?? null) as Json;
}

export function observationFromJson(json: Json): unknown {
  if (Array.isArray(json)) return json.map(observationFromJson);
  if (json === null || typeof json !== "object") return json;
  const [[name, values]] = Object.entries(json);
  return TYPED[name as keyof typeof TYPED].from((values as readonly Json[]).map(Number));
}
