/** The lines of `ascent rlhf`: what a run is, what its stages learn, and what came of it. */

import type { Assessment, Marks } from "../language/run/assess.js";
import type { Written } from "../language/run/language-model.js";
import type { LanguageTraining } from "../language/run/language-training.js";
import type { StageName } from "../language/run/stages.js";
import type { SavedRun } from "../node/saved-run.js";
import type { Update } from "../training/types.js";
import { shown } from "./closing.js";
import type { Colours } from "./colour.js";
import { count, duration, figure } from "./figures.js";
import type { RlhfEnding } from "./rlhf-view.js";
import { table } from "./table.js";

/** What a stage does, in a few words. */
export const STAGE_TEXT: Readonly<Record<StageName, string>> = {
  texts: "learns to write from texts",
  pairs: "writes pairs of responses, which are judged",
  judging: "a reward model learns what is liked",
  tuning: "improves the policy",
};

/** `ppo on language/sentiment, seed 0, 2,880 responses`. */
export function opening({ training }: SavedRun<LanguageTraining>, { strong, faint }: Colours): string {
  const { algorithm, env, seed, episodes, envOptions } = training.config;
  const on = training.updates === 0 ? "" : `, going on after update ${training.updates.toLocaleString("en-GB")}`;
  const model = `${envOptions.size} model of ${count(
    training.model.policy.parameters().reduce((n, { size }) => n + size, 0),
    "parameter",
  )}`;
  return `${strong(algorithm)} on ${strong(String(env))}${faint(`, seed ${seed}, ${model}, ${count(episodes ?? 0, "response")}${on}`)}`;
}

/** The figures of an update, the most important first. */
export function figuresOf(
  { diagnostics, info, averageReturn }: Update,
  stage: StageName,
): [name: string, value: string][] {
  const known = (name: string, value: number | undefined): [string, string][] =>
    value === undefined ? [] : [[name, figure(value)]];
  switch (stage) {
    case "texts":
      return [["nats a token", figure(diagnostics.loss)]];
    case "pairs":
      return [];
    case "judging":
      return [
        ["accuracy", figure(diagnostics.accuracy)],
        ["loss", figure(diagnostics.loss)],
      ];
    default:
      return [
        // A trainer on preferences has no reward: the margin is its own measure.
        ...(diagnostics.margin === undefined ? known("reward", averageReturn) : known("margin", diagnostics.margin)),
        ...known("loss", diagnostics.margin === undefined ? undefined : diagnostics.loss),
        ...known("accuracy", diagnostics.accuracy),
        ...known("gold", info.gold),
        ...known("valid", info.valid),
        ...known("KL", diagnostics.kl),
        ["entropy", figure(diagnostics.entropy)],
        ...known("beta", diagnostics.beta),
        ...known("clipped", diagnostics.clipFraction),
        ...known("equal groups", diagnostics.equalGroups),
      ];
  }
}

/** What came of a run, in a sentence. */
export function verdict({ result, assessment }: RlhfEnding): string {
  if (assessment === undefined) return result.verdict.text;
  const { before, after, winRate, winInterval } = assessment;
  const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
  const wins = `wins ${share(winRate)} of the comparisons (95 %: ${share(winInterval[0])} to ${share(winInterval[1])})`;
  return `Gold score ${figure(before.gold)} before and ${figure(after.gold)} after tuning, which ${wins}.`;
}

/** What came of a run, and the commands that use it. */
export function closing(run: SavedRun<LanguageTraining>, ending: RlhfEnding, colours: Colours): string[] {
  const { result, status, seconds, assessment } = ending;
  const { strong, faint } = colours;
  const folder = shown(run.folder);
  const figures = `${duration(seconds)}, ${count(result.episodes, "response")}, ${count(result.steps, "token")}`;
  const say = (what: string, how: string): string => `  ${faint(what.padEnd(9))} ${how}`;
  if (status === "interrupted")
    return [
      strong(`Interrupted after ${figures}.`),
      "",
      say(
        "go on",
        `npx ascent rlhf --resume ${folder}${run.training.config.envOptions.judge === "own" ? " --ask" : ""}`,
      ),
    ];
  return [
    strong(verdict(ending)),
    "",
    ...(assessment === undefined ? [] : assessmentLines(assessment, colours)),
    faint(figures),
    "",
    say("saved in", folder),
    say("report", `${folder}/report.html`),
    say("write", `npx ascent generate ${folder}`),
    say("doctor", `npx ascent doctor ${folder}`),
  ];
}

/** A table of both models, and a few responses of each. */
function assessmentLines({ before, after, samples }: Assessment, { faint, good }: Colours): string[] {
  const row = (name: string, of: (marks: Marks) => number): string[] => [name, figure(of(before)), figure(of(after))];
  const rows = [
    row("gold score", ({ gold }) => gold),
    row("gold score, most probable responses", ({ greedyGold }) => greedyGold),
    row("valid", ({ valid }) => valid),
    row("ended by itself", ({ ended }) => ended),
    row("tokens", ({ length }) => length),
    row("KL from before, nats", ({ kl }) => kl),
  ];
  return [
    ...table(["", "BEFORE", "AFTER"], rows).split("\n"),
    "",
    ...samples
      .slice(0, 3)
      .flatMap((sample) => [
        `${faint("before")} ${text(sample.before, faint)}`,
        `${faint("after ")} ${text(sample.after, good)}`,
      ]),
    "",
  ];
}

function text({ prompt, response, ended }: Written, paint: (text: string) => string): string {
  return `${prompt}${paint(response)}${ended ? "" : " …"}`;
}
