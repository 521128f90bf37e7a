/** A run in slices: a number of steps, or the work between two pauses of an update. */

import { describe, expect, it } from "vitest";
import { algorithmEntry, listAlgorithms } from "../algorithms/registry.js";
import { resume, trainNamed } from "./train.js";
import type { NamedConfig, Training, Update } from "./types.js";

/** Small, with several gradient steps an update. */
const small: Readonly<Record<string, unknown>> = {
  hidden: [4],
  envs: 3,
  rolloutSteps: 10,
  minibatchSize: 10,
  epochs: 2,
  valueSteps: 3,
  episodesPerUpdate: 2,
  learningRate: 0.01,
};

function configOf(algorithm: string, steps = 120): NamedConfig {
  const known = Object.entries(small).filter(([name]) => name in algorithmEntry(algorithm).options);
  const envOptions = { maxEpisodeSteps: 17 };
  return { algorithm, env: "CartPole-v1", envOptions, seed: 3, steps, options: Object.fromEntries(known) };
}

/** The rest of a run in pieces of 16 steps. */
function inPieces(run: Training): { updates: Update[]; pieces: number } {
  const updates: Update[] = [];
  let pieces = 0;
  while (!run.finished) {
    const update = run.advance(16);
    if (update !== undefined) updates.push(update);
    pieces++;
  }
  return { updates, pieces };
}

/** The number of slices in an update. */
const piecesAnUpdate: Readonly<Record<string, number>> = {
  reinforce: 1 + 3 + 1,
  "actor-critic": 1,
  a2c: 1,
  vpg: 1 + 3 + 1,
  ppo: 2 * 3 + 1,
};

describe.each(listAlgorithms().map(({ name }) => name))("%s", (name) => {
  it("in pieces gives the updates and the weights that it gives in one go", () => {
    const whole = trainNamed(configOf(name));
    const updates = [...whole];
    const run = trainNamed(configOf(name));
    const found = inPieces(run);
    expect(found.updates).toEqual(updates);
    expect(run.result()).toEqual(whole.result());
    expect(updates.length).toBeGreaterThan(2);
  });

  it("returns to the caller between gradient steps", () => {
    const run = trainNamed(configOf(name));
    const seen = new Set<string>();
    // The slices of the first update follow the slice that completes its batch.
    let pieces = 0;
    let before = run.result().weightsSha256;
    for (let update: Update | undefined; update === undefined; ) {
      update = run.advance(16);
      const { weightsSha256 } = run.result();
      if (update !== undefined || weightsSha256 !== before) pieces++;
      before = weightsSha256;
      seen.add(weightsSha256);
    }
    expect(pieces).toBe(piecesAnUpdate[name]);
    // The last slice of an update with pauses only returns the report.
    expect(seen.size).toBe(Math.max(2, piecesAnUpdate[name]));
  });

  it("resumed from any pause ends with the bytes of an uninterrupted run", () => {
    const whole = trainNamed(configOf(name, 60));
    const updates = [...whole];
    const last = whole.checkpoint();
    const { pieces } = inPieces(trainNamed(configOf(name, 60)));
    for (let cut = 0; cut <= pieces; cut++) {
      const run = trainNamed(configOf(name, 60));
      const found: Update[] = [];
      const note = (update: Update | undefined): void => {
        if (update !== undefined) found.push(update);
      };
      for (let i = 0; i < cut; i++) note(run.advance(16));
      const saved = run.checkpoint();
      const again = resume(saved);
      const known = again.result().updates;
      // The run that completed an update for its checkpoint still returns that update.
      if (known > found.length) {
        expect(run.finished).toBe(false);
        note(run.advance(16));
      }
      expect(found).toEqual(updates.slice(0, known));
      expect(run.checkpoint()).toEqual(saved);
      expect([...again]).toEqual(updates.slice(known));
      expect(Buffer.compare(again.checkpoint(), last), `after ${cut} pieces`).toBe(0);
      expect(inPieces(run).updates).toEqual(updates.slice(known));
      expect(Buffer.compare(run.checkpoint(), last), `after ${cut} pieces`).toBe(0);
    }
  });
});

describe("an update that a checkpoint completes", () => {
  /** A run of a single update, stopped after two of its six gradient steps. */
  function stopped(): Training {
    const run = trainNamed(configOf("ppo", 30));
    const hashes = new Set([run.result().weightsSha256]);
    while (hashes.size < 3) {
      expect(run.advance(16)).toBeUndefined();
      hashes.add(run.result().weightsSha256);
    }
    return run;
  }

  it("is returned once, by the next advance, and only then is the run finished", () => {
    const [whole] = [...trainNamed(configOf("ppo", 30))];
    const run = stopped();
    expect([run.finished, run.result().updates]).toEqual([false, 0]);
    const saved = run.checkpoint();
    expect([run.finished, run.result().updates]).toEqual([false, 1]);
    expect(run.checkpoint()).toEqual(saved);
    expect(run.advance()).toEqual(whole);
    expect([run.finished, run.advance(), run.advance(16)]).toEqual([true, undefined, undefined]);
    expect(run.checkpoint()).toEqual(saved);
  });

  it("is returned by an iterator too", () => {
    const updates = [...trainNamed(configOf("ppo", 30))];
    const run = stopped();
    run.checkpoint();
    expect([...run]).toEqual(updates);
  });

  it("is complete in the saved state", () => {
    const again = resume(stopped().checkpoint());
    expect([again.finished, again.result().updates, [...again]]).toEqual([true, 1, []]);
  });
});
