import type { DiskRun } from "./folders.js";

/** A run for tests. */
export function someRun(changes: Partial<DiskRun> = {}): DiskRun {
  return {
    id: "0".repeat(16),
    sweep: null,
    name: "runs/one",
    kind: "control",
    algorithm: "ppo",
    env: "CartPole-v1",
    preset: "default",
    seed: "0",
    state: "finished",
    problem: null,
    verdict: null,
    error: null,
    updates: null,
    episodes: null,
    steps: null,
    averageReturn: null,
    solvedAtEpisode: null,
    budget: { episodes: 10, steps: null },
    logBytes: 0,
    files: [],
    started: null,
    changed: 0,
    ...changes,
  };
}
