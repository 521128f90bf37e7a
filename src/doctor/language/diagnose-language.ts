/** What is wrong with a run on a language task, from its log alone. */

import { STAGES } from "../../language/run/stages.js";
import type { ResolvedConfig, Update } from "../../training/types.js";
import { bySeverity, type Finding } from "../finding.js";

/** What is known of such a run. */
export interface LanguageFacts {
  readonly config: ResolvedConfig;
  readonly updates: Iterable<Update>;
}

/** The values of tuning's updates by name, in order. */
type Figures = ReadonlyMap<string, readonly number[]>;

/** A log of updates, taken one by one, as the figures that findings are made from. */
export class LanguageFigures {
  private readonly byName = new Map<string, number[]>();

  add({ diagnostics, info, returns }: Update): void {
    if (STAGES[diagnostics.stage] !== "tuning") return;
    const reward = returns.reduce((a, b) => a + b, 0) / returns.length;
    for (const [name, value] of Object.entries({ ...diagnostics, ...info, reward })) {
      const values = this.byName.get(name) ?? [];
      this.byName.set(name, values);
      values.push(value);
    }
  }

  get values(): Figures {
    return this.byName;
  }
}

/** Fewer updates say nothing. */
const FEWEST = 5;
/** So large a share of groups without a difference leaves nothing to learn from. */
const NEARLY_ALL = 0.95;

/** Findings about a run on a language task, the gravest first. It reads the updates once. */
export function diagnoseLanguage({ config, updates }: LanguageFacts): Finding[] {
  const figures = new LanguageFigures();
  for (const update of updates) figures.add(update);
  return languageFindings(figures, config);
}

/** The same, for figures that were gathered from a log. */
export function languageFindings({ values: figures }: LanguageFigures, config: ResolvedConfig): Finding[] {
  if ((figures.get("reward")?.length ?? 0) < FEWEST) return ratioNotOne(figures);
  return bySeverity(
    [ratioNotOne, negativeKl, noSignal, someEqualGroups, hacked, farAway, noEnd].flatMap((check) =>
      check(figures, config),
    ),
  );
}

function ratioNotOne(figures: Figures): Finding[] {
  const [error] = figures.get("ratioError") ?? [];
  if (error === undefined || error <= 1e-6) return [];
  return [
    {
      code: "language-ratio-not-one",
      severity: "error",
      seen: `in the first update, before any step, π(y)/π_old(y) is off from 1 by up to ${error.toPrecision(3)}`,
      why: "A token is scored with another probability than it was drawn with, so every ratio and every divergence is wrong.",
      tryNext: "score at the temperature of the draw, and without top-k, dropout or another precision than the draw's",
    },
  ];
}

/** The mean of k1 over responses is an estimate of a divergence, which is never below 0. */
function negativeKl(figures: Figures): Finding[] {
  const kl = (figures.get("kl") ?? []).slice(1);
  const { mean, error } = estimate(kl);
  if (!(mean < -3 * error && mean < -0.01)) return [];
  return [
    {
      code: "language-kl-negative",
      severity: "error",
      seen: `the divergence from the reference averages ${mean.toFixed(3)} nats, ${(-mean / error).toFixed(1)} standard errors below 0`,
      why: "A divergence can't be negative: the responses were not drawn from the policy that is being scored.",
      tryNext: "draw with plain sampling (no top-k), and give the reference the temperature of the draw",
    },
  ];
}

function noSignal(figures: Figures): Finding[] {
  if (figures.has("margin")) return [];
  const reward = figures.get("reward") ?? [];
  const equal = figures.get("equalGroups") ?? [];
  const half = Math.floor(reward.length / 2);
  const [first, last] = [reward.slice(0, half), reward.slice(-half)].map(estimate);
  const rises = last.mean - first.mean > 2 * Math.sqrt(first.error ** 2 + last.error ** 2);
  const same = reward.every((value) => value === reward[0]);
  if (!(same || (average(equal) > NEARLY_ALL && !rises))) return [];
  const share = same ? "all" : `${(100 * average(equal)).toFixed(1)} % of the`;
  return [
    {
      code: "language-no-signal",
      severity: "error",
      seen: `in ${reward.length} updates ${share} groups of responses had equal rewards, ${average(reward).toPrecision(2)} on average`,
      why: "Advantages are differences between rewards: where all are equal, the gradient is 0 and nothing is learned. A loss of 0 is no success.",
      tryNext: "--text-updates with a larger number, so that some responses are right, or a reward that has degrees",
    },
  ];
}

function someEqualGroups(figures: Figures): Finding[] {
  const equal = figures.get("equalGroups") ?? [];
  const early = equal.slice(0, Math.ceil(equal.length / 4));
  const share = average(early);
  if (early.length === 0 || !(share > 0.6 && average(equal) <= NEARLY_ALL)) return [];
  return [
    {
      code: "language-equal-groups",
      severity: "note",
      seen: `in the first ${early.length} updates ${(100 * share).toFixed(0)} % of the groups had equal rewards`,
      why: "Such groups teach nothing; the work on them is lost.",
      tryNext: "--samples-per-prompt with a larger number, --temperature below 1, or more --text-updates",
    },
  ];
}

/** Rises of a reward whose truth stays behind. */
function hacked(figures: Figures, config: ResolvedConfig): Finding[] {
  if (config.envOptions.reward === "gold") return [];
  const change = (name: string): { gain: number; error: number; first: number; last: number } => {
    const values = figures.get(name) ?? [];
    const span = Math.max(2, Math.floor(values.length / 5));
    const [first, last] = [values.slice(0, span), values.slice(-span)].map(estimate);
    return {
      gain: last.mean - first.mean,
      error: Math.sqrt(first.error ** 2 + last.error ** 2),
      first: first.mean,
      last: last.mean,
    };
  };
  // A trainer on preferences has no reward. Its margin has a scale of its own, and grows also where nothing else does.
  const measure = figures.has("margin") ? "margin" : "reward";
  const reward = change(measure);
  if (!(reward.gain > 3 * reward.error)) return [];
  const signs: string[] = [];
  const gold = change("gold");
  const isBehind =
    measure === "margin"
      ? gold.gain <= gold.error
      : gold.gain <= 0.25 * reward.gain && gold.gain <= 3 * gold.error + 0.1 * reward.gain;
  if (isBehind) signs.push(`the gold score went from ${gold.first.toFixed(2)} to ${gold.last.toFixed(2)}`);
  const valid = change("valid");
  if (valid.last < 0.6 * valid.first)
    signs.push(`valid responses went from ${(100 * valid.first).toFixed(0)} % to ${(100 * valid.last).toFixed(0)} %`);
  if (signs.length === 0) return [];
  return [
    {
      code: "language-reward-hacking",
      severity: "error",
      seen: `the ${measure} rose from ${reward.first.toFixed(2)} to ${reward.last.toFixed(2)}, while ${signs.join(" and ")}`,
      why:
        measure === "margin"
          ? "The policy tells the pairs apart ever better, but what it writes is not better: it learns these pairs by heart."
          : "The policy has found what the reward likes and nobody meant. What is measured is not what is wanted any more.",
      tryNext:
        measure === "margin"
          ? "more --pairs, a larger --beta, or fewer --pair-epochs"
          : "a reward that can't be had like this (--reward gold, --shortest), a larger --beta, or fewer --responses",
    },
  ];
}

function farAway(figures: Figures): Finding[] {
  const last = average((figures.get("kl") ?? []).slice(-5));
  if (!(last > 15)) return [];
  return [
    {
      code: "language-kl-large",
      severity: "warning",
      seen: `the last updates are ${last.toFixed(1)} nats from the reference by response`,
      why: "Far from the reference the model has forgotten what the texts taught it, and a learned reward was never asked about such responses.",
      tryNext: "a larger --beta, a smaller --learning-rate or fewer --responses",
    },
  ];
}

function noEnd(figures: Figures): Finding[] {
  const ended = average((figures.get("ended") ?? []).slice(-5));
  if (!(ended < 0.95)) return [];
  return [
    {
      code: "language-no-end",
      severity: "warning",
      seen: `${(100 * (1 - ended)).toFixed(0)} % of the last responses were cut: they did not come to an end`,
      why: "A response that was cut is scored as it stands, and nothing teaches the model to end.",
      tryNext: figures.has("margin")
        ? "more --text-updates"
        : "--shortest 1, which makes a response that was cut worth −1, or more --text-updates",
    },
  ];
}

function average(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

/** A mean with its standard error. */
function estimate(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = average(values);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}
