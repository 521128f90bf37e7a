/** The lines printed before and after a run. */

import { relative } from "node:path";
import type { SavedRun } from "../node/saved-run.js";
import { placeOf, runAxis } from "../report/axis.js";
import { shellWord } from "../report/flag-text.js";
import { envName } from "../training/env-name.js";
import type { Colours } from "./colour.js";
import { count, duration, figure, limits } from "./figures.js";
import { oneLine } from "./printable.js";
import type { Ending } from "./run-view.js";

/** `reinforce on CartPole-v1, seed 0, at most 1,000 episodes`, or `… 100,000 steps`, and whether numerics are fast. */
export function opening({ training }: SavedRun, { strong, faint }: Colours): string {
  const { algorithm, preset, seed, numerics } = training.config;
  const axis = runAxis(training.config);
  const before = placeOf(training.result(), axis);
  const variant = preset === "default" ? "" : `, preset ${preset}`;
  const resumed = before === 0 ? "" : `, going on after ${axis} ${before.toLocaleString("en-GB")}`;
  const fast = numerics === undefined ? "" : `, numerics ${numerics}`;
  const what = `${strong(algorithm)} on ${strong(envName(training.config))}`;
  return what + faint(`${variant}, seed ${seed}, at most ${limits(training.config)}${resumed}${fast}`);
}

/** The verdict, the figures, the folder of the run, and the commands that use it. */
export function closing(run: SavedRun, { result, status, seconds, doubts }: Ending, colours: Colours): string[] {
  const { kind, text } = result.verdict;
  const tone = kind === "solved" ? colours.good : kind === "collapsed" ? colours.bad : colours.strong;
  const best = result.bestEpisodeReturn === null ? "" : `, best episode ${figure(result.bestEpisodeReturn)}`;
  const stopped = status === "interrupted" ? "interrupted after " : "";
  const figures = `${stopped}${duration(seconds)}, ${count(result.episodes, "episode")}, ${count(result.steps, "step")}${best}`;
  const folder = shown(run.folder);
  const lines = [tone(text), colours.faint(figures), ""];
  const say = (what: string, how: string): number => lines.push(`  ${colours.faint(what.padEnd(9))} ${how}`);
  say("saved in", folder);
  if (status === "interrupted" && run.training.resumable) {
    say("go on", `npx ascent train --resume ${folder}`);
    return lines;
  }
  say("curves", `${folder}/report.html`);
  if (doubts !== "") say("doctor", `npx ascent doctor ${folder}   # ${doubts}`);
  say("watch", `npx ascent watch ${folder}`);
  if (kind === "played") say("play", `npx ascent play ${folder}`);
  say("evaluate", `npx ascent evaluate ${folder}`);
  return lines;
}

/** A path as a word of a shell, relative to the working directory if it lies inside it. */
export function shown(folder: string): string {
  const path = relative(process.cwd(), folder);
  const short = path === "" ? "." : path.startsWith("..") ? folder : path;
  const harmless = oneLine(short);
  // $'…' is the form of bash and zsh in which \x1b stands for a control character.
  return harmless === short ? shellWord(short) : `$'${oneLine(short.replaceAll(/[\\']/g, "\\$&"))}'`;
}
