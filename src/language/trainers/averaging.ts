import { ConfigError } from "../../errors.js";
import { full, type Tensor, zeros } from "../../tensor/index.js";

/** Means of weights, and how many steps they are of, by name. */
export interface Averaging {
  readonly control: ReadonlyMap<string, Tensor>;
  /** After each step. The last one gives the weights their means. */
  stepped(progress: number): void;
}

/**
 * Averages weights over the last `share` of a run (Polyak & Juditsky 1992): what a step learned by chance of its few pairs is in one
 * step's weights and not in the next one's. Learning goes on with the weights themselves, which take on their means at the end.
 *
 * @throws ConfigError if nobody says how many updates there are: the last one would not be known
 */
export function averagingOf(parameters: readonly Tensor[], share: number, updates: number | undefined): Averaging {
  if (share === 0) return { control: new Map(), stepped() {} };
  if (updates === undefined)
    throw new ConfigError({
      field: "updates",
      given: updates,
      allowed: "how many there will be, where weights are averaged",
    });
  const count = full([], 0);
  const means = parameters.map(({ shape }) => zeros(shape));
  const named = parameters.map(({ name }, i) => [`average.${name}`, means[i]] as const);
  return {
    control: new Map([["average.count", count], ...named]),
    stepped(progress) {
      const done = Math.round(progress * updates) + 1;
      if (done <= (1 - share) * updates) return;
      const n = count.item() + 1;
      count.set([n]);
      parameters.forEach((parameter, i) => {
        const mean = means[i].toArray();
        const now = parameter.toArray();
        means[i].set(mean.map((m, j) => m + (now[j] - m) / n));
        if (done >= updates) parameter.set(means[i].toArray());
      });
    },
  };
}
