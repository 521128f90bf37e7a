import { describe, expect, it } from "vitest";
import type { LabRun } from "./answers.js";
import { Catalogue } from "./catalogue.js";

function run(id: string, changes: Partial<LabRun> = {}): Parameters<Catalogue["put"]>[0] {
  const shown = { id, sweep: null, updates: null, ...changes } as LabRun;
  return { kind: "run", place: { path: `/runs/${id}`, name: `runs/${id}` }, shown };
}

const ids = (runs: readonly LabRun[]): string[] => runs.map(({ id }) => id);

describe("the catalogue", () => {
  it("tells what has changed since a revision, and nothing twice", () => {
    const catalogue = new Catalogue();
    for (const id of ["a", "b", "c"]) catalogue.put(run(id));
    const all = catalogue.since(0);
    expect([ids(all.runs), all.anew, all.removed]).toEqual([["a", "b", "c"], true, []]);
    catalogue.put(run("a", { updates: 1 }));
    catalogue.put(run("b"));
    catalogue.remove("c");
    catalogue.remove("c");
    const next = catalogue.since(all.revision);
    expect([ids(next.runs), next.anew, next.removed]).toEqual([["a"], false, ["c"]]);
    expect(catalogue.since(next.revision)).toMatchObject({ revision: next.revision, runs: [], removed: [] });
  });

  it("counts no change where nothing has changed", () => {
    const catalogue = new Catalogue();
    catalogue.put(run("a"));
    catalogue.note([{ name: "runs", problems: [] }], true);
    const { revision } = catalogue;
    catalogue.put(run("a"));
    catalogue.remove("b");
    catalogue.note([{ name: "runs", problems: [] }], true);
    expect(catalogue.revision).toBe(revision);
  });

  it("tells no removal of what has come back", () => {
    const catalogue = new Catalogue();
    catalogue.put(run("a"));
    const { revision } = catalogue;
    catalogue.remove("a");
    catalogue.put(run("a"));
    expect(catalogue.since(revision)).toMatchObject({ runs: [{ id: "a" }], removed: [] });
  });

  it("begins anew for a revision that it doesn't know", () => {
    const catalogue = new Catalogue();
    catalogue.put(run("a"));
    expect(catalogue.since(99)).toMatchObject({ revision: 1, anew: true, runs: [{ id: "a" }] });
  });

  it("tells ten thousand runs in pieces, each once", () => {
    const catalogue = new Catalogue();
    for (let i = 0; i < 10_000; i++) catalogue.put(run(`run-${i}`));
    catalogue.note([], true);
    const told: string[] = [];
    let revision = 0;
    for (let pieces = 1; ; pieces++) {
      const changes = catalogue.since(revision);
      expect(changes.complete).toBe(!changes.more);
      expect(changes.runs.length).toBeLessThanOrEqual(1000);
      told.push(...ids(changes.runs));
      revision = changes.revision;
      if (changes.more) continue;
      expect(pieces).toBe(10);
      break;
    }
    expect(new Set(told).size).toBe(10_000);
    expect(told.length).toBe(10_000);
  });

  it("forgets old removals, and whoever lacks them begins anew and comes to an end", () => {
    const catalogue = new Catalogue();
    for (let i = 0; i < 2500; i++) catalogue.put(run(`kept-${i}`));
    const { revision } = catalogue;
    for (let i = 0; i < 10_001; i++) {
      catalogue.put(run(`gone-${i}`));
      catalogue.remove(`gone-${i}`);
    }
    const told: string[] = [];
    let changes = catalogue.since(revision);
    expect(changes.anew).toBe(true);
    for (let pieces = 0; pieces < 10; pieces++) {
      told.push(...ids(changes.runs));
      if (!changes.more) break;
      changes = catalogue.since(changes.revision);
      expect(changes.anew).toBe(false);
    }
    expect(told.length).toBe(2500);
  });

  it("knows the runs of a sweep", () => {
    const catalogue = new Catalogue();
    catalogue.put(run("a", { sweep: "s" }));
    catalogue.put(run("b"));
    expect(catalogue.runsOf("s")).toEqual([{ path: "/runs/a", name: "runs/a" }]);
  });
});
