import { ConfigError } from "../errors.js";
import { defaultRng } from "../random/generator.js";

/** S is the start, F ice, H a hole, G the goal. */
export const LAKES = {
  "4x4": ["SFFF", "FHFH", "FFFH", "HFFG"],
  "8x8": ["SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG"],
} as const;

/** Reads rows written in one line, such as "SFF/FHF/FFG". @throws ConfigError if they are not a map */
export function readLake(desc: string): readonly string[] {
  const rows = desc.split("/");
  const rectangular = rows.every((row) => row.length === rows[0].length);
  if (!rectangular || !/^[SFHG/]+$/.test(desc) || !desc.includes("S"))
    throw new ConfigError({
      field: "options.desc",
      given: desc,
      allowed: "rows of equal length with the letters S, F, H, G and at least one S, such as SFFF/FHFH/FFFH/HFFG",
    });
  return rows;
}

/**
 * A random lake of `size` × `size` with a path from the start to the goal. Every other tile is a hole with probability
 * `1 - p`. It is the lake that Gymnasium's `generate_random_map` gives for the seed. For `make`, write
 * `{ desc: randomLake({ seed }).join("/") }`.
 *
 * @throws ConfigError if `size` is not a whole number of at least 2, or `p` is not a probability above 0
 */
export function randomLake({
  size = 8,
  p = 0.8,
  seed,
}: {
  size?: number;
  p?: number;
  seed: number | bigint;
}): string[] {
  if (!Number.isSafeInteger(size) || size < 2)
    throw new ConfigError({ field: "randomLake.size", given: size, allowed: "a whole number of at least 2" });
  if (!(p > 0 && p <= 1)) throw new ConfigError({ field: "randomLake.p", given: p, allowed: "a probability above 0" });
  const rng = defaultRng(seed);
  const frozen = p / (p + (1 - p));
  for (;;) {
    const tiles: string[] = Array.from({ length: size * size }, () => (rng.random() < frozen ? "F" : "H"));
    tiles[0] = "S";
    tiles[size * size - 1] = "G";
    if (reachesGoal(tiles, size))
      return Array.from({ length: size }, (_, r) => tiles.slice(r * size, (r + 1) * size).join(""));
  }
}

function reachesGoal(tiles: readonly string[], size: number): boolean {
  const frontier = [0];
  const seen = new Set(frontier);
  for (const tile of frontier) {
    if (tiles[tile] === "G") return true;
    const column = tile % size;
    const neighbours = [tile - size, tile + size, column > 0 ? tile - 1 : -1, column < size - 1 ? tile + 1 : -1];
    for (const next of neighbours) {
      if (next < 0 || next >= size * size || tiles[next] === "H" || seen.has(next)) continue;
      seen.add(next);
      frontier.push(next);
    }
  }
  return false;
}
