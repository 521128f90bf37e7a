import type { AnyEnv } from "../env.js";
import type { Report } from "./finding.js";
import { checkedReset, firstDifference, type Moment, playSeeded, someActions } from "./play.js";
import { difference } from "./same.js";

/** Checks that the same seed repeats an episode, other seeds change it, and `reset()` continues the random stream. */
export function checkSeeding(env: AnyEnv, { seeds, steps }: { seeds: number; steps: number }, report: Report): void {
  for (let seed = 0; seed < seeds; seed++) {
    const actions = someActions(env, seed, steps);
    const first = playSeeded(env, seed, actions, report);
    const found = firstDifference(first, playSeeded(env, seed, actions, report));
    if (found !== undefined) report.error("same-seed", `reset({ seed: ${seed} }) and the same actions again: ${found}`);
  }

  const actions = someActions(env, 0, Math.min(steps, 100));
  const tales = [0, 1, 2, 123, 456].map((seed) => playSeeded(env, seed, actions, report));
  if (tales.every((tale) => firstDifference(tales[0], tale) === undefined)) {
    const states = [0, 1].map((seed) => {
      env.reset({ seed });
      return env.snapshot?.();
    });
    if (states[0] === undefined || difference(states[0], states[1]) === undefined)
      report.warn(
        "seed-ignored",
        "five seeds gave the same episode: if anything is random here, take it from the seed",
      );
  }

  const pairs = [0, 1, 2, 123, 456].map((seed) => [
    checkedReset(env, { seed }, report)?.observation,
    checkedReset(env, undefined, report)?.observation,
  ]);
  const allEqual = (k: number): boolean => pairs.every((pair) => difference(pair[k], pairs[0][k]) === undefined);
  if (!allEqual(0) && allEqual(1))
    report.error(
      "reset-restarts",
      "reset() without a seed starts from fixed numbers: it has to continue the stream of random numbers",
    );

  env.reset({ seed: 0 });
  try {
    checkedReset(env, { options: {} }, report);
  } catch (error) {
    report.error("reset-options", `reset({ options: {} }) threw ${error}`);
  }
  if (typeof (env as { seed?: unknown }).seed === "function")
    report.warn("seed-method", "nothing calls seed(): seeds come with reset({ seed })");
}

/** Checks that two instances do not affect each other. */
export function checkIndependence(create: () => AnyEnv, steps: number, report: Report): void {
  const env = create();
  const actions = someActions(env, 5, steps);
  const alone = playSeeded(env, 5, actions, report);
  const a = create();
  const b = create();
  const beside: Moment[] = playSeeded(a, 5, [], report);
  b.reset({ seed: 6 });
  const others = someActions(b, 6, steps);
  let t = 0;
  for (const moment of alone.slice(1)) {
    if (moment.reward === undefined) {
      beside.push(a.reset() as Moment);
      continue;
    }
    beside.push(a.step(actions[t]) as Moment);
    const { terminated, truncated } = b.step(others[t++]);
    if (terminated || truncated) b.reset();
  }
  const found = firstDifference(alone, beside);
  if (found !== undefined) report.error("shared-state", `two instances affect each other: ${found}`);
}
