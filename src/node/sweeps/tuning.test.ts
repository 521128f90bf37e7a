import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { RunOutcome } from "../../sweeps/outcome.js";
import { costSoFar } from "../../sweeps/tuning/legs.js";
import { costOf } from "../../sweeps/tuning/stages.js";
import { resumeTuning, startTuning, type TuneOptions } from "./start-tuning.js";
import type { RunNews, Task } from "./task.js";
import { LEGS, RESULT, STUDY } from "./tune-folder.js";
import type { Runs, TuneNews, Tuning } from "./tuning.js";

/** Gives each run the score that follows from its settings and its seed, and dies after so many. */
class Scores implements Runs {
  readonly trained: string[] = [];
  private waiting: Task[] = [];
  private readonly dies: number;

  constructor(dies: number = Number.POSITIVE_INFINITY) {
    this.dies = dies;
  }

  submit(task: Task): void {
    this.waiting.push(task);
  }

  async close(): Promise<void> {
    this.waiting = [];
  }

  async *[Symbol.asyncIterator](): AsyncIterator<RunNews> {
    for (let task = this.waiting.shift(); task !== undefined; task = this.waiting.shift()) {
      if (this.trained.length === this.dies) throw new Error("killed");
      const { id, pauseAt } = task;
      this.trained.push(`${id} ${pauseAt}`);
      yield { kind: "progress", id, share: pauseAt / 2, averageReturn: null };
      yield { kind: "done", id, outcome: outcome(task) };
    }
  }
}

function outcome({ id, config, pauseAt }: Task): RunOutcome {
  const score =
    pauseAt * (100 - Math.abs(Number(config.options.episodesPerUpdate) - 6)) + (Number(config.seed) % 7) / 7;
  return {
    id,
    config,
    until: null,
    end: pauseAt === 1 ? "finished" : "stopped",
    error: null,
    verdict: "improving",
    solvedAtEpisode: null,
    solvedAtStep: null,
    fellBack: false,
    episodes: 20,
    steps: 20,
    untrainedReturn: 0,
    finalReturn: score,
    curve: { counts: "episodes", of: 27, returns: [score] },
    weightsSha256: "00",
  };
}

const place = mkdtempSync(join(tmpdir(), "tuning-"));
afterAll(() => rmSync(place, { recursive: true }));

const numbers = Array.from({ length: 60 }, (_, i) => i + 1);
const config = {
  algorithm: "reinforce",
  env: "Bandit-v0",
  episodes: 27,
  options: { finalLearningRate: 1 },
  search: { episodesPerUpdate: numbers },
};

async function carryOut(tuning: Tuning): Promise<TuneNews[]> {
  const all: TuneNews[] = [];
  for await (const news of tuning) all.push(news);
  return all;
}

it("a study that was killed again and again ends with the same bytes, and trains no leg twice", async () => {
  const whole = new Scores();
  const folder = join(place, "whole");
  const news = await carryOut(startTuning(config, { rounds: 2, jobs: 2, out: folder, runs: whole }));
  expect(news.at(-1)).toMatchObject({ kind: "found", findings: { better: "candidate", usual: { point: 0 } } });
  const result = readFileSync(join(folder, RESULT), "utf8");
  expect(JSON.parse(result)).toMatchObject({ rounds: 2, settings: { episodesPerUpdate: 7 }, cost: { fresh: 20 } });

  const parts = join(place, "parts");
  const trained: string[] = [];
  for (let over = false; !over; ) {
    const runs = new Scores(7);
    const tuning = existsSync(parts)
      ? resumeTuning(parts, { jobs: 3, runs })
      : startTuning(config, { rounds: 2, jobs: 1, out: parts, runs });
    over = await carryOut(tuning).then(
      () => true,
      () => false,
    );
    trained.push(...runs.trained);
  }
  expect(readFileSync(join(parts, RESULT), "utf8")).toBe(result);
  expect(trained.toSorted()).toEqual(whole.trained.toSorted());
  expect(new Set(trained).size).toBe(trained.length);
});

it("more rounds give the same as if there had been so many from the start", async () => {
  const long = join(place, "long");
  await carryOut(startTuning(config, { rounds: 2, jobs: 2, out: long, runs: new Scores() }));
  const short = join(place, "short");
  await carryOut(startTuning(config, { rounds: 1, jobs: 2, out: short, runs: new Scores() }));
  await carryOut(resumeTuning(short, { more: 1, runs: new Scores() }));
  const [{ cost, ...found }, { cost: least, ...expected }] = [short, long].map((folder) =>
    JSON.parse(readFileSync(join(folder, RESULT), "utf8")),
  );
  expect(found).toEqual(expected);
  // Finalists of the first round may have been measured in vain.
  expect(cost.search).toBeGreaterThanOrEqual(least.search);
});

it("with minutes, rounds are begun as long as the study would end in time, by the cost of what is done", async () => {
  const runs = new Scores();
  const folder = join(place, "minutes");
  const tuning = startTuning(config, { minutes: 0, jobs: 2, out: folder, runs });
  await carryOut(tuning);
  expect(tuning.record).toMatchObject({ rounds: 1, closed: true });
  const again = resumeTuning(folder, { minutes: 1, runs: new Scores() });
  for await (const news of again) if (news.kind === "round" && news.round === 4) break;
  expect(again.record).toMatchObject({ rounds: 4, closed: false });
});

it("the time left counts with what the best settings cost, which are trained last", async () => {
  const folder = join(place, "slow-best");
  await carryOut(startTuning(config, { rounds: 2, jobs: 1, out: folder, runs: new Scores() }));
  const legs = readFileSync(join(folder, LEGS), "utf8").trim().split("\n");
  const { candidate } = JSON.parse(readFileSync(join(folder, RESULT), "utf8"));
  /** Seconds that another round is said to take, if a whole run takes one, or `best` with the best settings. */
  const left = async (best: number): Promise<number | undefined> => {
    const timed = legs.map((text) => {
      const leg = JSON.parse(text);
      return JSON.stringify({ ...leg, seconds: costSoFar([leg]) * (leg.point === candidate.point ? best : 1) });
    });
    writeFileSync(join(folder, LEGS), `${timed.join("\n")}\n`);
    const tuning = resumeTuning(folder, { more: 1, jobs: 1, runs: new Scores() });
    const { secondsLeft } = tuning;
    for await (const _ of tuning) break;
    return secondsLeft;
  };
  const even = (await left(1))!;
  expect(even).toBeCloseTo(costOf(3) - costOf(2), 9);
  expect(await left(10)).toBeGreaterThan(3 * even);
});

it("the run with the default settings that fails ends the study, with its error", async () => {
  const runs: Runs = new Scores();
  const failing: Runs = {
    submit: (task) => runs.submit(task),
    close: () => runs.close(),
    async *[Symbol.asyncIterator](): AsyncIterator<RunNews> {
      for await (const news of runs)
        yield news.kind === "done"
          ? { ...news, outcome: { ...news.outcome, end: "failed", error: "the motor" } }
          : news;
    },
  };
  const tuning = startTuning(config, { rounds: 1, jobs: 1, out: join(place, "failing"), runs: failing });
  await expect(carryOut(tuning)).rejects.toThrow(/default settings failed: the motor/);
});

it("a run that a process of a killed study still holds is waited for", async () => {
  const runs = new Scores();
  let holding = true;
  const held: Runs = {
    submit: (task) => runs.submit(task),
    close: () => runs.close(),
    async *[Symbol.asyncIterator](): AsyncIterator<RunNews> {
      for await (const news of runs) {
        if (holding && news.kind === "done") yield { kind: "held", id: news.id, by: "process 7" };
        else yield news;
        holding &&= news.kind !== "done";
      }
    },
  };
  const news = await carryOut(startTuning(config, { rounds: 1, jobs: 2, out: join(place, "held"), runs: held }));
  expect(news.at(-1)?.kind).toBe("found");
  expect(runs.trained[0]).toBe(runs.trained.find((name, i) => i > 0 && name === runs.trained[0]));
});

it("a study does not go on with other code, unless that is asked for; the time of a killed one is that of its legs", async () => {
  const folder = join(place, "other-code");
  await carryOut(startTuning(config, { rounds: 1, jobs: 1, out: folder, runs: new Scores(5) })).catch(() => undefined);
  const path = join(folder, STUDY);
  const record = JSON.parse(readFileSync(path, "utf8"));
  const changed = { ...record, versions: { ...record.versions, ascent: "0.0.1" }, seconds: 0 };
  writeFileSync(path, JSON.stringify(changed));
  writeFileSync(
    join(folder, LEGS),
    readFileSync(join(folder, LEGS), "utf8").replaceAll(/"seconds":[^}]+/g, '"seconds":30'),
  );
  expect(() => resumeTuning(folder)).toThrow(/resume: .* otherCode goes on.*was 0\.0\.1/s);
  const tuning = resumeTuning(folder, { otherCode: true, jobs: 2, runs: new Scores() });
  expect(Math.round(tuning.seconds)).toBe(75);
  expect((await carryOut(tuning)).at(-1)?.kind).toBe("found");
});

it.each([
  [{ rounds: 0 }, /rounds: got 0/],
  [{ minutes: 1, rounds: 1 }, /rounds.*nothing beside minutes/],
  [{ roundz: 1 }, /roundz.*rounds/s],
  [{ out: join(tmpdir()) }, /out: .*new or empty/],
])("%o is refused", (options, message) => {
  expect(() => startTuning(config, options as TuneOptions)).toThrow(message);
});
