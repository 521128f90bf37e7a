import { expect, it } from "vitest";
import type { ToEngine } from "../protocol.js";
import type { EngineEvents } from "./engine.js";
import { Engines } from "./engines.js";

/** Engines for so many cores that only note what they were sent. */
function noted(cores: number) {
  const engines: { events: EngineEvents; sent: string[] }[] = [];
  const open = (events: EngineEvents) => {
    const sent: string[] = [];
    engines.push({ events, sent });
    return { send: (message: ToEngine) => void sent.push(`${message.type} ${"run" in message ? message.run : ""}`) };
  };
  const catalogues: unknown[] = [];
  const events = { catalogue: (known: unknown) => catalogues.push(known), run() {}, broken() {} };
  const all = new Engines(events, open, cores);
  const begin = (...runs: number[]): void => {
    for (const run of runs) all.begin(run, { link: "" }, "full");
  };
  return { all, begin, engines, catalogues, sent: () => engines.map(({ sent }) => sent) };
}

it("one core, or two, have one engine for all runs", () => {
  for (const cores of [1, 2]) {
    const { begin, sent } = noted(cores);
    begin(1, 2, 3);
    expect(sent()).toEqual([["begin 1", "begin 2", "begin 3"]]);
  }
});

it("more cores have an engine for each run, then share them evenly", () => {
  const { begin, sent, engines, catalogues } = noted(4);
  begin(1, 2, 3, 4, 5);
  expect(sent()).toEqual([["begin 1", "begin 4"], ["begin 2", "begin 5"], ["begin 3"]]);
  for (const { events } of engines) events.catalogue({ algorithms: [], envs: [] });
  expect(catalogues).toHaveLength(1);
});

it("an engine whose runs have ended is free again, and messages find the engine of their run", () => {
  const { all, begin, sent, engines } = noted(3);
  begin(1, 2);
  engines[1].events.run({ type: "failed", run: 2, message: "" });
  begin(3);
  all.send({ type: "drop", run: 1 });
  all.send({ type: "drop", run: 1 });
  begin(4);
  all.send({ type: "step", run: 3, by: "update" });
  expect(sent()).toEqual([
    ["begin 1", "drop 1", "begin 4"],
    ["begin 2", "begin 3", "step 3"],
  ]);
});
