import { expect, it } from "vitest";
import type { Update } from "../protocol.js";
import { History } from "./history.js";

const update = (given: Partial<Update>): Update =>
  ({ averageReturn: 0, returns: [], lengths: [], lastSteps: [], diagnostics: {}, ...given }) as Update;

it("an episode is found by its step, its number and its update, also after a run was resumed", () => {
  const history = new History();
  history.add({
    updates: [
      update({ update: 8, episodes: 32, steps: 90, returns: [5, 6], lengths: [5, 6], lastSteps: [84, 90] }),
      update({ update: 9, episodes: 33, steps: 99, returns: [9], lengths: [9], lastSteps: [99] }),
    ],
  });
  const { steps, number, update: updates, return: returns } = history.episodes;
  expect([steps, number, updates, returns].map(({ view }) => [...view])).toEqual([
    [84, 90, 99],
    [31, 32, 33],
    [8, 8, 9],
    [5, 6, 9],
  ]);
});

it("a number that some updates lack is NaN there", () => {
  const history = new History();
  history.add({
    updates: [
      update({ update: 1, steps: 1 }),
      update({ update: 2, steps: 2, diagnostics: { entropy: 0.5 } as Update["diagnostics"] }),
      update({ update: 3, steps: 3 }),
    ],
  });
  expect([...(history.updates.get("entropy")?.view ?? [])]).toEqual([Number.NaN, 0.5, Number.NaN]);
});

it("goes on after it was kept, without what is reported twice", () => {
  const history = new History();
  const first = update({ update: 1, episodes: 1, steps: 5, returns: [5], lengths: [5], lastSteps: [5] });
  history.add({ updates: [first] });
  const again = History.from(history.data());
  again.add({
    updates: [first, update({ update: 2, episodes: 2, steps: 9, returns: [4], lengths: [4], lastSteps: [9] })],
  });
  expect([...again.episodes.number.view]).toEqual([1, 2]);
  expect([...(again.updates.get("update")?.view ?? [])]).toEqual([1, 2]);
});
