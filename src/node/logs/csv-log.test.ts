import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Update } from "../../training/types.js";
import { CsvLog } from "./csv-log.js";
import type { LoggedRun } from "./log-sink.js";

function update(n: number, info: Update["info"] = {}, loss = 0.5): Update {
  const diagnostics = { loss, entropy: 0.25, gradientNorm: 1, learningRate: 0.125 };
  return {
    update: n,
    episodes: n,
    steps: 20 * n,
    returns: [7],
    lengths: [n],
    lastSteps: [1],
    averageReturn: 7,
    info,
    diagnostics,
  };
}

const run = (folder: string, updates = 0): LoggedRun => ({
  folder,
  config: {} as LoggedRun["config"],
  updates,
  steps: 20 * updates,
  lengths: Array.from({ length: updates }, (_, i) => i + 1),
});
const place = (): string => mkdtempSync(join(tmpdir(), "ascent-"));
const textOf = (folder: string): string => readFileSync(join(folder, "progress.csv"), "utf8");

/** Writes these updates; a step takes a millisecond. */
function write(folder: string, updates: readonly Update[], after = 0): void {
  let now = 0;
  const log = new CsvLog(run(folder, after), () => now);
  for (const one of updates) {
    now += 1000;
    log.write(one);
  }
  log.close();
}

const HEADER =
  "time/iterations,time/total_timesteps,time/time_elapsed,time/fps,rollout/ep_rew_mean,rollout/ep_len_mean," +
  "train/loss,train/entropy_loss,train/gradient_norm,train/learning_rate";

test("a row an update, with the names of Stable-Baselines3 and the line ends of RFC 4180", () => {
  const folder = place();
  const first = { ...update(1, {}, Number.NaN), lengths: [], averageReturn: Number.NaN };
  write(folder, [first, update(2, {}, -Infinity)]);
  expect(textOf(folder)).toBe(`${HEADER}\r\n1,20,1,20,,,nan,-0.25,1,0.125\r\n2,40,2,20,7,2,-inf,-0.25,1,0.125\r\n`);
});

test("a name that comes later is a column at the end, empty before; commas and quotes are quoted, and line breaks are spaces", () => {
  const folder = place();
  write(folder, [update(1), update(2, { 'a,"b"\n': 0.5 }), update(3, { won: 1 }), update(4)]);
  expect(textOf(folder).split("\r\n")).toEqual([
    `${HEADER},"rollout/info_a,""b"" ",rollout/info_won`,
    "1,20,1,20,7,1,0.5,-0.25,1,0.125,,",
    "2,40,2,20,7,1.5,0.5,-0.25,1,0.125,0.5,",
    "3,60,3,20,7,2,0.5,-0.25,1,0.125,,1",
    "4,80,4,20,7,2.5,0.5,-0.25,1,0.125,,",
    "",
  ]);
  expect(readdirSync(folder)).toEqual(["progress.csv"]);
});

test("a resumed run cuts the rows of later updates, and goes on with the columns of the file", () => {
  const [folder, whole] = [place(), place()];
  const info = { "x,y": 2 };
  write(whole, [update(1), update(2, info), update(3)]);
  write(folder, [update(1), update(2, info), update(3, {}, 0.75)]);
  write(folder, [update(3)], 2);
  const untimed = (text: string): string => text.replaceAll(/^(\d+,\d+),\d+,\d+/gm, "$1");
  expect(untimed(textOf(folder))).toBe(untimed(textOf(whole)));
});

test("an evaluation is a row of its own after its update's, which a resumed run keeps or cuts with it", () => {
  const folder = place();
  const log = new CsvLog(run(folder), () => 0);
  const evaluate = (n: number, mean: number) =>
    log.evaluated({
      ...update(n),
      mean,
      returns: [mean],
      lengths: [8, 9],
      interval: [mean, mean],
      min: mean,
      max: mean,
    });
  log.write(update(1));
  evaluate(1, 6.5);
  log.write(update(2));
  evaluate(2, 7.5);
  log.close();
  const first = [
    `${HEADER},eval/mean_reward,eval/mean_ep_length`,
    "1,20,0,20000,7,1,0.5,-0.25,1,0.125,,",
    "1,20,,,,,,,,,6.5,8.5",
  ];
  const rest = ["2,40,0,40000,7,1.5,0.5,-0.25,1,0.125,,", "2,40,,,,,,,,,7.5,8.5", ""];
  expect(textOf(folder).split("\r\n")).toEqual([...first, ...rest]);
  new CsvLog(run(folder, 1)).close();
  expect(textOf(folder).split("\r\n")).toEqual([...first, ""]);
});

test("a row that a kill has cut is removed", () => {
  const folder = place();
  write(folder, [update(1), update(2)]);
  const before = textOf(folder);
  writeFileSync(join(folder, "progress.csv"), `${before}3,6`);
  write(folder, [], 2);
  expect(textOf(folder)).toBe(before);
});

test("somebody else's file of that name is left alone", () => {
  const folder = place();
  writeFileSync(join(folder, "progress.csv"), "episode,reward\n1,2\n");
  expect(() => new CsvLog(run(folder, 3))).toThrow(
    /progress\.csv: is not a log of a run: its first column is not time/,
  );
  expect(textOf(folder)).toBe("episode,reward\n1,2\n");
});
