/** Draws points from ranges and lists. Point i is a function of the ranges, the seed and i. */

import { ConfigError } from "../errors.js";
import { defaultRng } from "../random/index.js";
import { checkRange, parseRange, RANGE_MEANING, type Range, valueAt } from "./range.js";
import { MOST_DIMENSIONS, scrambledSobol } from "./sobol.js";
import type { FilledSweep, Settings } from "./sweep-config.js";

type Source = Range | readonly unknown[];

/** As many points as asked for. @throws ConfigError naming the field */
export function drawPoints({
  draw,
  sample,
  sampling = "quasi-random",
  sampleSeed = 0,
}: Pick<FilledSweep, "draw" | "sample" | "sampling" | "sampleSeed">): Settings[] {
  const sources = Object.entries(draw).map(([name, given]) => [name, sourceOf(given, `draw.${name}`)] as const);
  if (sources.length === 0) {
    if (sample === undefined) return [{}];
    throw new ConfigError({ field: "sample", given: sample, allowed: "nothing without ranges to draw from (draw)" });
  }
  if (sample === undefined)
    throw new ConfigError({ field: "sample", given: sample, allowed: "how many points are drawn, such as 50" });
  if (sampling === "quasi-random" && sources.length > MOST_DIMENSIONS) {
    const allowed = `at most ${MOST_DIMENSIONS} settings with quasi-random sampling, any number with random`;
    throw new ConfigError({ field: "draw", given: sources.length, allowed });
  }
  const shareOf =
    sampling === "random" ? randomShares(sampleSeed, sources.length) : sobolShares(sampleSeed, sources.length);
  return Array.from({ length: sample }, (_, i) => {
    const shares = shareOf(i);
    return Object.fromEntries(sources.map(([name, source], d) => [name, valueFrom(source, shares[d])]));
  });
}

function randomShares(seed: number | bigint, dimensions: number): (i: number) => ArrayLike<number> {
  return (i) => defaultRng([seed, i]).random(dimensions);
}

function sobolShares(seed: number | bigint, dimensions: number): (i: number) => ArrayLike<number> {
  const places = Array.from({ length: dimensions }, (_, d) => scrambledSobol(d, seed));
  return (i) => places.map((place) => place(i));
}

function valueFrom(source: Source, share: number): unknown {
  return "scale" in source ? valueAt(source, share) : source[Math.floor(share * source.length)];
}

function sourceOf(given: unknown, field: string): Source {
  if (typeof given === "string") return parseRange(given, field);
  if (Array.isArray(given) && given.length > 0) return given;
  if (isRange(given)) return checkRange(given, field);
  throw new ConfigError({ field, given, allowed: `${RANGE_MEANING}; or a list to choose from` });
}

function isRange(given: unknown): given is Range {
  return typeof given === "object" && given !== null && "scale" in given && "from" in given && "to" in given;
}
