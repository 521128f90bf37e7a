/** The state of the page. Components read its signals, and its functions are all that can be done. */

import { computed, type Signal, signal } from "@preact/signals";
import type { Beginning, Begun, Catalogue, Lesson, Pace, RunId, RunResult } from "../protocol.js";
import { Engine, type EngineEvents } from "./engine.js";
import { History } from "./history.js";

export type Status = "starting" | "training" | "paused" | "finished" | "failed";

/** One run as the page sees it. */
export interface LabRun {
  readonly id: RunId;
  /** Its place among the colours. */
  readonly colour: number;
  readonly history: History;
  readonly begun: Signal<Begun | undefined>;
  readonly status: Signal<Status>;
  readonly pace: Signal<Pace>;
  readonly result: Signal<RunResult | undefined>;
  readonly lesson: Signal<Lesson | undefined>;
  readonly message: Signal<string | undefined>;
  /** Grows with every report, so that a chart knows that there is something new. */
  readonly version: Signal<number>;
}

/** Runs that are shown at once. */
export const MOST_RUNS = 8;

export const catalogue = signal<Catalogue | undefined>(undefined);
/** Why nothing can be trained at all. */
export const trouble = signal<string | undefined>(undefined);
export const runs = signal<readonly LabRun[]>([]);
const selectedId = signal<RunId | undefined>(undefined);
/** The run that the stage, the sentence and the settings are about. */
export const selected = computed(() => runs.value.find(({ id }) => id === selectedId.value) ?? runs.value.at(-1));

type EngineMessage = Parameters<EngineEvents["run"]>[0];

let ids = 0;
let engine: Engine | undefined;

/** Starts the engine. `ready` is called when it can train. */
export function startEngine(ready: () => void): void {
  engine = new Engine({
    catalogue(known) {
      catalogue.value = known;
      ready();
    },
    broken(message) {
      trouble.value = message;
    },
    run(message) {
      const run = runs.value.find(({ id }) => id === message.run);
      if (run !== undefined) hear(run, message);
    },
  });
}

/** Keeps what an engine has told of a run. */
export function hear(run: LabRun, message: EngineMessage): void {
  switch (message.type) {
    case "begun":
      run.begun.value = message.begun;
      run.status.value = run.pace.value === "paused" ? "paused" : "training";
      break;
    case "progress":
      run.history.add(message.progress);
      run.result.value = message.progress.result;
      if (message.progress.lesson !== undefined) run.lesson.value = message.progress.lesson;
      if (message.progress.finished) run.status.value = "finished";
      run.version.value++;
      break;
    case "failed":
      run.message.value = message.message;
      run.status.value = "failed";
  }
}

function theEngine(): Engine {
  if (engine === undefined) throw new Error("The engine was not started.");
  return engine;
}

/** Begins a run and selects it. The oldest makes room if there are too many. */
export function begin(from: Beginning, pace: Pace = "full", history: History = new History()): LabRun {
  const taken = new Set(runs.value.map(({ colour }) => colour));
  if (runs.value.length >= MOST_RUNS) drop(runs.value[0]);
  const colour = Array.from({ length: MOST_RUNS }, (_, i) => i).find((i) => !taken.has(i)) ?? ids % MOST_RUNS;
  const run = newRun(colour, pace, history);
  runs.value = [...runs.value, run];
  selectedId.value = run.id;
  theEngine().send({ type: "begin", run: run.id, from, pace });
  return run;
}

/** A run that begins, or goes on after a history. */
export function newRun(colour: number, pace: Pace, history: History = new History()): LabRun {
  return {
    id: ++ids,
    colour,
    history,
    begun: signal<Begun | undefined>(undefined),
    status: signal<Status>("starting"),
    pace: signal(pace),
    result: signal<RunResult | undefined>(undefined),
    lesson: signal<Lesson | undefined>(undefined),
    message: signal<string | undefined>(undefined),
    version: signal(0),
  };
}

export function select(run: LabRun): void {
  selectedId.value = run.id;
}

export function drop(run: LabRun): void {
  theEngine().send({ type: "drop", run: run.id });
  runs.value = runs.value.filter((other) => other !== run);
}

export function setPace(run: LabRun, pace: Pace): void {
  run.pace.value = pace;
  if (run.status.value === "training" || run.status.value === "paused")
    run.status.value = pace === "paused" ? "paused" : "training";
  theEngine().send({ type: "pace", run: run.id, pace });
}

export function step(run: LabRun, by: "update" | "gradient"): void {
  setPace(run, "paused");
  theEngine().send({ type: "step", run: run.id, by });
}

export const play: Engine["play"] = (run, options) => theEngine().play(run, options);
export const save: Engine["save"] = (run, as) => theEngine().save(run, as);
