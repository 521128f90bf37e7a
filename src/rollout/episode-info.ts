import type { InfoNumbers } from "../envs/batched/info-numbers.js";
import type { Episode } from "./episodes.js";

/** The mean of each number, over those of the episodes whose last `info` has it. */
export function meanInfo(episodes: readonly Episode[]): InfoNumbers {
  const found = new Map<string, { total: number; count: number }>();
  for (const { info } of episodes) {
    for (const [name, value] of Object.entries(info ?? {})) {
      const { total, count } = found.get(name) ?? { total: 0, count: 0 };
      found.set(name, { total: total + value, count: count + 1 });
    }
  }
  return Object.fromEntries(Array.from(found, ([name, { total, count }]) => [name, total / count]));
}
