/** `ascent doctor env`: checks an environment, and shows what a random policy meets in it. */

import { envFindings } from "../doctor/env/env-findings.js";
import { playAtRandom, type RandomPlay } from "../doctor/env/random-play.js";
import { bySeverity, type Finding } from "../doctor/finding.js";
import { isAsync } from "../envs/async-env.js";
import { checkEnv } from "../envs/check-env.js";
import type { AnyEnv } from "../envs/env.js";
import { makeRegistered } from "../envs/registry.js";
import { pictureOf } from "../report/picture.js";
import { type Scene, toTerminal } from "../scene/index.js";
import { extremes } from "../training/evaluation.js";
import { colourDepth, colours, wantsColour, widthOf } from "./colour.js";
import type { DoctorFlags } from "./doctor-flags.js";
import { count, figure } from "./figures.js";
import { findingLines, summary } from "./findings-text.js";
import { oneLine, printableJson } from "./printable.js";
import { DONE, FAILED } from "./subcommand.js";
import { table } from "./table.js";
import { UsageError } from "./usage-error.js";

/** The random policy plays so many episodes of at most so many steps. */
const PLAYED = { episodes: 20, maxSteps: 1000 };
const COLUMNS = 100;
const PICTURE_ROWS = 16;

/** Prints the findings. Returns 1 if one of them is an error. */
export function doctorEnv(id: string, { seed, json, noColor }: DoctorFlags): number {
  const env = makeRegistered(id, {});
  if (isAsync(env))
    throw new UsageError(`${id} is asynchronous; allowed is an environment that answers at once, as checkEnv needs it`);
  const faults = checkEnv(() => makeRegistered(id, {}) as AnyEnv).map((fault) => asFinding(fault, id));
  const sound = faults.every(({ severity }) => severity !== "error");
  // What a faulty environment returns can't be played with.
  const played = sound ? timed(env, seed) : undefined;
  const boxed = env.observationSpace.kind === "box";
  const findings = bySeverity([...faults, ...(played ? envFindings(played.play, id, boxed) : [])]);
  if (json) {
    const { play, stepsPerSecond } = played ?? {};
    process.stdout.write(`${printableJson({ env: id, findings, stepsPerSecond, play })}\n`);
    return sound ? DONE : FAILED;
  }
  const tones = colours(wantsColour(process.stdout, noColor));
  const columns = process.stdout.columns ?? COLUMNS;
  const lines = [`${tones.strong(id)}: ${oneLine(`${env.observationSpace} → ${env.actionSpace}`)}`];
  if (played)
    lines.push("", ...playLines(played.play, played.stepsPerSecond), ...observationLines(played.play, columns));
  if (played?.scene) {
    const size = { columns: Math.min(columns, COLUMNS), rows: PICTURE_ROWS };
    const picture = toTerminal(played.scene, { ...size, colour: colourDepth(process.stdout, noColor) }).split("\n");
    const inked = picture.map((row) => widthOf(row.trimEnd()) > 0);
    lines.push("", ...picture.slice(inked.indexOf(true), inked.lastIndexOf(true) + 1));
    lines.push(tones.faint("Where the first random episode ended"));
  }
  lines.push(...findingLines(findings, columns, tones), "", summary(findings));
  process.stdout.write(`${lines.join("\n")}\n`);
  return sound ? DONE : FAILED;
}

/** A fault that `checkEnv` found, as a finding. */
function asFinding({ severity, check, message }: ReturnType<typeof checkEnv>[number], id: string): Finding {
  const why =
    severity === "error"
      ? "Training or its reproducibility breaks on it."
      : "Training works with it, but not always as one expects.";
  return {
    code: `env-${check}`,
    severity,
    seen: message,
    why,
    tryNext: `npx ascent doctor env ${id}   # after the repair`,
  };
}

function timed(
  env: AnyEnv,
  seed: number | bigint,
): { play: RandomPlay; scene: Scene | undefined; stepsPerSecond: number } {
  let scene: Scene | undefined;
  let drawing = 0;
  const start = performance.now();
  const play = playAtRandom(env, { ...PLAYED, seed }, (episode, step) => {
    if (episode > 1) return;
    const before = performance.now();
    scene = pictureOf(env, { step });
    drawing += performance.now() - before;
  });
  const steps = play.episodes.reduce((sum, { length }) => sum + length, 0);
  return { play, scene, stepsPerSecond: Math.round((1000 * steps) / (performance.now() - start - drawing)) };
}

function playLines({ episodes, rewards, allowed }: RandomPlay, stepsPerSecond: number): string[] {
  const of = (name: "return" | "length"): string => {
    const values = episodes.map((one) => one[name]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const { min, max } = extremes(values);
    return `${figure(mean)}, from ${figure(min)} to ${figure(max)}`;
  };
  const ended = (wanted: string): number => episodes.filter(({ ending }) => ending === wanted).length;
  return [
    `Random policy  ${count(episodes.length, "episode")}: ${ended("terminated")} terminated, ${ended("truncated")} truncated, ${ended("stopped")} stopped after ${count(PLAYED.maxSteps, "step")}`,
    `Return         ${of("return")}`,
    `Length         ${of("length")}`,
    `Reward         ${figure(rewards.mean)} on average, from ${figure(rewards.min)} to ${figure(rewards.max)}`,
    ...(allowed === undefined ? [] : [`Masks          allow ${figure(100 * allowed)} % of the actions on average`]),
    `Speed          ${figure(Number(stepsPerSecond.toPrecision(2)))} steps/s in one copy`,
  ];
}

/** The most numbers of an observation that get a line. */
const MOST_ELEMENTS = 12;

function observationLines({ observations }: RandomPlay, columns: number): string[] {
  const cells = observations
    .slice(0, MOST_ELEMENTS)
    .map(({ mean, deviation, min, max }, i) => [String(i), ...[mean, deviation, min, max].map(figure)]);
  const left = observations.length - cells.length;
  return [
    "",
    table(["OBSERVATION", "MEAN", "DEVIATION", "MIN", "MAX"], cells, columns),
    ...(left > 0 ? [`and ${left} more`] : []),
  ];
}
