/** What a report shows, with values that are easy to recognise. */

import { real } from "../src/options.js";
import type { Axis } from "../src/report/axis.js";
import { Curves } from "../src/report/curves.js";
import type { ReportContent } from "../src/report/page.js";
import type { RunRecord } from "../src/training/run-record.js";
import type { Update } from "../src/training/types.js";

const scene = (x: number) =>
  ({
    view: { left: 0, right: 4, bottom: 0, top: 2 },
    shapes: [
      { kind: "circle", centre: [x, 1], radius: 0.5, fill: "#ff0000" },
      { kind: "text", at: [0, 0], text: "</script>", size: 1, fill: "#000000" },
    ],
  }) as const;

/** Losses fall by one an update, but for one; the last of 50 is -49. */
export const someUpdates: readonly Update[] = Array.from({ length: 50 }, (_, i) => ({
  update: i + 1,
  episodes: 2 * i + 2,
  steps: 40 * i,
  returns: [i, i + 1],
  lengths: [20, 20],
  lastSteps: [20, 40],
  averageReturn: i,
  info: {},
  diagnostics: {
    loss: i === 7 ? Number.NaN : -i,
    entropy: 0.5,
    gradientNorm: i === 9 ? Infinity : 2,
    learningRate: 0.01,
  },
}));

/** The curves of these updates. */
export function curvesOf(updates: readonly Update[], axis: Axis = "episode"): Curves {
  const curves = new Curves(axis);
  for (const update of updates) curves.add(update);
  return curves;
}

export const someReport: ReportContent & { readonly record: RunRecord } = {
  record: {
    config: {
      algorithm: "reinforce",
      env: "Mine-v0",
      envOptions: { map: "<b>SF</b>" },
      preset: "default",
      seed: "7",
      episodes: 100,
      steps: null,
      stopWhenSolved: true,
      options: { learningRate: 0.01 },
      from: null,
      ownFeatures: false,
    },
    imports: [],
    from: null,
    until: null,
    extensions: [],
    logs: [],
    evaluation: null,
    status: "finished",
    saved: true,
    error: null,
    errorName: null,
    started: "2026-01-02T03:04:05.678Z",
    ended: null,
    seconds: 1.25,
    result: {
      verdict: { kind: "solved", text: 'Solved & "done" <at> 42.' },
      solvedAtEpisode: 42,
      updates: 50,
      episodes: 100,
      steps: 2000,
      averageReturn: 475.25,
      bestEpisodeReturn: 500,
      weightsSha256: "ab".repeat(32),
    },
    versions: { ascent: "0.2.0", node: "v20" },
  },
  curves: curvesOf(someUpdates),
  schema: { learningRate: real(0.003, { help: "Adam's step size" }) },
  preset: { options: {}, episodes: 100 },
  rewardThreshold: 475,
  command: "npx ascent train reinforce Mine-v0 --seed 7",
  episode: { scenes: [scene(1), scene(2), scene(3)], return: 12, steps: 3 },
  framesPerSecond: 10,
};
