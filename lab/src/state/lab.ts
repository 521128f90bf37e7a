/** The state of the page. Components read its signals, and its functions are all that can be done. */

import { batch, computed, type Signal, signal } from "@preact/signals";
import type { Beginning, Begun, Catalogue, Lesson, Pace, RunId, RunResult } from "../protocol.js";
import { withSetting } from "../share/address.js";
import { Engine, type EngineEvents } from "./engine.js";
import { Engines } from "./engines.js";
import { History } from "./history.js";
import { placesOf } from "./places.js";

export type Status = "starting" | "training" | "paused" | "finished" | "failed";

/** One run as the page sees it. */
export interface LabRun {
  readonly id: RunId;
  /** Its place among the colours. */
  readonly colour: number;
  /** The runs with the same settings and other seeds that it was begun with. */
  readonly group: number | undefined;
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

/** Runs that are shown at once, where a group of seeds counts as one. */
const MOST_RUNS = 8;
/** Runs with all seeds of all groups: each takes memory, and its share of the engine. */
const MOST_IN_ALL = 24;

export const catalogue = signal<Catalogue | undefined>(undefined);
/** Why nothing can be trained at all. */
export const trouble = signal<string | undefined>(undefined);
export const runs = signal<readonly LabRun[]>([]);
const selectedId = signal<RunId | undefined>(undefined);
/** The run that the stage, the sentence and the settings are about. */
export const selected = computed(() => runs.value.find(({ id }) => id === selectedId.value) ?? runs.value.at(-1));

type EngineMessage = Parameters<EngineEvents["run"]>[0];

let ids = 0;
let groups = 0;
let engines: Engines | undefined;

/** Starts the engine. `ready` is called when it can train. */
export function startEngine(ready: () => void): void {
  const events: EngineEvents = {
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
  };
  engines = new Engines(events, (events) => new Engine(events), navigator.hardwareConcurrency);
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

function theEngines(): Engines {
  if (engines === undefined) throw new Error("The engine was not started.");
  return engines;
}

/** Begins a run and selects it. The oldest makes room if there are too many. */
export function begin(
  from: Beginning,
  pace: Pace = "full",
  history: History = new History(),
  group: number | undefined = undefined,
): LabRun {
  const colour = runs.value.find((run) => group !== undefined && run.group === group)?.colour ?? freeColour();
  const run = newRun(colour, pace, history, group);
  runs.value = [...runs.value, run];
  selectedId.value = run.id;
  theEngines().begin(run.id, from, pace);
  return run;
}

/** A run that begins, or goes on after a history. */
export function newRun(
  colour: number,
  pace: Pace,
  history: History = new History(),
  group: number | undefined = undefined,
): LabRun {
  return {
    id: ++ids,
    colour,
    group,
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

/** A number for a group of seeds. */
export function newGroup(): number {
  return ++groups;
}

/** Begins runs with the settings of a run that differ in their seeds alone: its own and those that follow. */
export function beginSeeds({ begun }: LabRun, count: number): void {
  const { link, config } = begun.value ?? {};
  if (link === undefined || config === undefined) return;
  const group = newGroup();
  batch(() => {
    const seeds = Array.from({ length: count }, (_, i) => String(BigInt(config.seed) + BigInt(i)));
    const [first] = seeds.map((seed) => begin({ link: withSetting(link, "seed", seed) }, "full", new History(), group));
    select(first);
  });
}

/** A colour that no run has, after the oldest have made room for another. */
function freeColour(): number {
  for (;;) {
    const places = placesOf(runs.value);
    const taken = new Set(places.map(({ colour }) => colour));
    const free = Array.from({ length: MOST_RUNS }, (_, i) => i).find((i) => !taken.has(i));
    if (free !== undefined && runs.value.length < MOST_IN_ALL) return free;
    for (const run of places[0].runs) drop(run);
  }
}

export function select(run: LabRun): void {
  selectedId.value = run.id;
}

export function drop(run: LabRun): void {
  theEngines().send({ type: "drop", run: run.id });
  runs.value = runs.value.filter((other) => other !== run);
}

export function setPace(run: LabRun, pace: Pace): void {
  run.pace.value = pace;
  if (run.status.value === "training" || run.status.value === "paused")
    run.status.value = pace === "paused" ? "paused" : "training";
  theEngines().send({ type: "pace", run: run.id, pace });
}

export function step(run: LabRun, by: "update" | "gradient"): void {
  setPace(run, "paused");
  theEngines().send({ type: "step", run: run.id, by });
}

export const play: Engine["play"] = (run, options) => theEngines().of(run).play(run, options);
export const look: Engine["look"] = (run, at) => theEngines().of(run).look(run, at);
export const save: Engine["save"] = (run, as) => theEngines().of(run).save(run, as);
export const report: Engine["report"] = (run, history) => theEngines().of(run).report(run, history);
export const diagnose: Engine["diagnose"] = (run, history) => theEngines().of(run).diagnose(run, history);
