import { ConfigError } from "../errors.js";
import { checkValue, seed } from "../options.js";

/** How many seeds a sweep has where it does not say. */
export const USUAL_SEEDS = 5;
export const MOST_SEEDS = 100_000;

const SEED = seed(0, { help: "" });
const ALLOWED = `how many seeds (0, 1, 2 …), at most ${MOST_SEEDS}, or a list of different seeds`;

/** Seeds as decimal digits: a number n stands for 0 to n - 1. @throws ConfigError */
export function seedTexts(given: unknown): string[] {
  const listed = Array.isArray(given) ? given : countTo(given);
  const texts = listed.map((one, i) => String(checkValue(`seeds[${i}]`, SEED, one)));
  if (texts.length === 0 || new Set(texts).size < texts.length)
    throw new ConfigError({ field: "seeds", given, allowed: ALLOWED });
  return texts;
}

function countTo(given: unknown): number[] {
  if (typeof given !== "number" || !Number.isSafeInteger(given) || given < 1 || given > MOST_SEEDS)
    throw new ConfigError({ field: "seeds", given, allowed: ALLOWED });
  return Array.from({ length: given }, (_, i) => i);
}

/** Reads `10`, `3,5,8` and `100-109`. Text that is neither stays text, which `seedTexts` refuses. */
export function parseSeeds(text: string): number | bigint[] | string {
  if (/^\d+$/.test(text)) return Number(text);
  const parts = text.split(",").map((part) => /^(\d{1,39})(?:-(\d{1,39}))?$/.exec(part.trim()));
  const lists = parts.map((part) => {
    if (part === null) return undefined;
    const first = BigInt(part[1]);
    const last = BigInt(part[2] ?? part[1]);
    if (last < first || last - first >= 100_000n) return undefined;
    return Array.from({ length: Number(last - first) + 1 }, (_, i) => first + BigInt(i));
  });
  return lists.some((list) => list === undefined) ? text : lists.flatMap((list) => list ?? []);
}
