/** The lines that a sweep prints at its beginning and its end. */

import { importanceText } from "../report/sweep/importance-text.js";
import { cellName, subjectText } from "../report/sweep/setting-text.js";
import { runsOf, type SweepPlan } from "../sweeps/plan.js";
import { ENOUGH_SEEDS } from "../sweeps/scores.js";
import { runsDone, type SweepSummary } from "../sweeps/summary.js";
import { shown } from "./closing.js";
import type { Colours } from "./colour.js";
import { count, duration, figure, limits } from "./figures.js";
import { type Look, resultLines } from "./sweep-map.js";
import type { SweepEnding } from "./sweep-view.js";
import { wrap } from "./wrap.js";

/** `reinforce on CartPole-v1: 12 cells × 10 seeds = 120 runs, at most 1,000 episodes each`. */
export function sweepOpening(plan: SweepPlan, { strong, faint }: Colours, columns = Number.POSITIVE_INFINITY): string {
  const { cells, seeds, varied } = plan;
  const [{ config }] = cells;
  const preset = varied.includes("preset") || config.preset === "default" ? "" : `, preset ${config.preset}`;
  const size = `${count(cells.length, "cell")} × ${count(seeds.length, "seed")} = ${count(cells.length * seeds.length, "run")}`;
  const length =
    new Set(cells.map(({ config }) => limits(config))).size === 1 ? `, at most ${limits(config)} each` : "";
  const fast = config.numerics === undefined ? "" : `, numerics ${config.numerics}`;
  const subject = subjectText(plan);
  const [first, ...rest] = wrap(`${subject}${preset}: ${size}${length}${fast}`, columns);
  // A line so narrow that it breaks the subject is plain.
  const opened = first.startsWith(subject) ? `${strong(subject)}${faint(first.slice(subject.length))}` : first;
  return [opened, ...rest.map(faint)].join("\n");
}

/** Every combination of settings, one a line, for `--dry-run`. */
export function planLines(plan: SweepPlan): string[] {
  return plan.cells.map((cell) => cellName(cell, plan));
}

/** Results, verdicts, what mattered, and the commands that go on from there. */
export function sweepClosing(folder: string, ending: SweepEnding, look: Look, colours: Colours): string[] {
  const { summary, status, seconds, broken, flags } = ending;
  const { plan } = summary;
  const { faint, bad } = colours;
  const total = runsOf(plan).length;
  const done = runsDone(summary);
  const stopped = status === "interrupted" ? "interrupted after " : "";
  const place = shown(folder);
  const again = `npx ascent sweep --resume ${place}${flags}`;
  const say = (what: string, how: string): string => `  ${faint(what.padEnd(9))} ${how}`;
  const problems = [...broken].slice(0, 3).map(([id, message]) => bad(`run ${id} could not be trained: ${message}`));
  return [
    ...(plan.cells.length > 1 ? [...resultLines(summary, look), ""] : []),
    ...verdictLines(summary, look, colours),
    ...mattered(summary, look, colours),
    ...(plan.seeds.length < ENOUGH_SEEDS
      ? wrap(
          `${count(plan.seeds.length, "seed")}: an anecdote. ${ENOUGH_SEEDS} or more say how sure the figures are.`,
          look.columns,
        ).map(faint)
      : []),
    ...problems,
    faint(`${stopped}${duration(seconds)}, ${done} of ${count(total, "run")} done`),
    "",
    say("saved in", place),
    ...(done === total ? [] : [say("go on", again)]),
    ...(status === "interrupted" && flags !== ""
      ? [say("cancel", `npx ascent sweep cancel ${place}${flags}   # without it, workers go on`)]
      : []),
    say("report", `${place}/report.html`),
    ...(plan.cells.length > 1 && done > 0 ? [say("compare", `npx ascent compare ${place}`)] : []),
    say("extend", `${again} --seeds ${2 * plan.seeds.length}`),
  ];
}

/** The most verdicts that are written out. */
const MOST_SENTENCES = 24;

function verdictLines(
  { plan, cells }: SweepSummary,
  { columns }: Look,
  { good, bad, warn, strong, faint }: Colours,
): string[] {
  const judged = cells.filter(({ outcomes }) => outcomes.length > 0);
  if (judged.length > MOST_SENTENCES) {
    const kinds = new Map<string, number>();
    for (const { verdict } of judged) kinds.set(verdict.kind, (kinds.get(verdict.kind) ?? 0) + 1);
    const list = [...kinds].sort(([, a], [, b]) => b - a).map(([kind, times]) => `${times} ${kind}`);
    return [`${strong(count(judged.length, "cell"))}: ${list.join(", ")}.`, ""];
  }
  const tones: Readonly<Record<string, (text: string) => string>> = {
    solved: good,
    slow: warn,
    unstable: warn,
    collapsed: bad,
    diverged: bad,
    failed: bad,
  };
  if (judged.length === 0) return [];
  return judged
    .flatMap((cell) => {
      const [first, ...rest] = wrap(cell.verdict.text, Math.max(30, columns - 14));
      const name = cellName(cell, plan);
      return [
        ...(name === "" ? [] : [faint(name)]),
        `  ${(tones[cell.verdict.kind] ?? strong)(cell.verdict.kind.padEnd(11))} ${first}`,
        ...rest.map((line) => `${" ".repeat(14)}${line}`),
      ];
    })
    .concat("");
}

function mattered({ importance }: SweepSummary, { columns }: Look, { strong }: Colours): string[] {
  if (importance === undefined) return [];
  return [strong("What mattered"), ...wrap(importanceText(importance), columns), ""];
}

/** `best so far: learningRate 0.001, gamma 0.99 with 475.3, 3 of 3 solved`. */
export function bestText({ ranking, plan }: SweepSummary): string | undefined {
  const [best] = ranking;
  if (best === undefined) return undefined;
  const name = cellName(best, plan);
  const solved = best.mark === undefined ? "" : `, ${best.solved} of ${best.outcomes.length} solved`;
  return `best so far ${figure(Number(best.score.toPrecision(4)))}${name === "" ? "" : ` with ${name}`}${solved}`;
}
