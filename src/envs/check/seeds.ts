import type { Report } from "../../findings.js";
import type { AnyEnv } from "../env.js";
import { areDistinct } from "../innermost.js";
import { checkedReset, firstDifference, type Moment, playOn, playSeeded, someActions } from "./play.js";
import { difference } from "./same.js";

/** Checks that the same seed repeats an episode, other seeds change it, and `reset()` continues the random stream. */
export function checkSeeding(env: AnyEnv, { seeds, steps }: { seeds: number; steps: number }, report: Report): void {
  for (let seed = 0; seed < seeds; seed++) {
    const actions = someActions(env, seed, steps, report);
    const first = playSeeded(env, seed, actions, report);
    const found = firstDifference(first, playSeeded(env, seed, actions, report));
    if (found !== undefined) report.error("same-seed", `reset({ seed: ${seed} }) and the same actions again: ${found}`);
  }

  const tales = [0, 1, 2, 123, 456].map((seed) => {
    // The same draws for every seed: only the seed may make a difference.
    const actions = someActions(env, seed, Math.min(steps, 100), report, 0);
    return playSeeded(env, seed, actions, report);
  });
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
  const [env, a, b] = [create(), create(), create()];
  if (!areDistinct([env, a, b])) {
    report.error("shared-state", "the function returned one object twice: each call has to make a new environment");
    return;
  }
  const actions = someActions(env, 5, steps, report);
  const alone = playSeeded(env, 5, actions, report);
  const others = someActions(b, 6, steps, report);
  const beside: Moment[] = playSeeded(a, 5, [], report);
  b.reset({ seed: 6 });
  try {
    for (const [t, action] of actions.entries()) {
      beside.push(...playOn(a, [action], report));
      const { terminated, truncated } = b.step(others[t]);
      if (terminated || truncated) b.reset();
    }
  } catch (error) {
    report.error("shared-state", `two instances affect each other: beside another one, step threw ${error}`);
    return;
  }
  const found = firstDifference(alone, beside);
  if (found !== undefined) report.error("shared-state", `two instances affect each other: ${found}`);
}
