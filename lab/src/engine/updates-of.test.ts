import { trainNamed } from "ascent";
import { expect, it } from "vitest";
import { History } from "../state/history.js";
import { updatesOf } from "./updates-of.js";

it("gives the updates back that a history has taken, with numbers that some of them lack", () => {
  const config = { algorithm: "ppo", env: "CartPole-v1", steps: 6000, options: { hidden: [4] } };
  const updates = [...trainNamed(config, { gradientNoise: 2 })];
  const history = new History();
  history.add({ updates });
  const again = [...updatesOf(history.data())];
  expect(again).toEqual(updates);
  expect(new Set(again.map(({ diagnostics }) => "signalToNoise" in diagnostics)).size).toBe(2);
});

it("gives none of a run that has none", () => {
  expect([...updatesOf(new History().data())]).toEqual([]);
});
