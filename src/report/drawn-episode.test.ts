import { expect, test } from "vitest";
import { make } from "../envs/registry.js";
import { train } from "../training/train.js";
import { drawEpisode } from "./drawn-episode.js";

const { policy } = train({ options: { hidden: [4] } });

test("an episode has a picture of every step, and is cut short as soon as it is stopped", async () => {
  const whole = await drawEpisode(policy, make("CartPole-v1"), { maxSteps: 6 });
  expect([whole.scenes.length, whole.steps, whole.return]).toEqual([6, 6, 6]);
  let asked = 0;
  const cut = await drawEpisode(policy, make("CartPole-v1"), { maxSteps: 6 }, () => ++asked === 3);
  expect([cut.scenes.length, cut.steps]).toEqual([3, 3]);
  const late = await drawEpisode(policy, make("CartPole-v1"), { maxSteps: 6 }, () => true, 4);
  expect(late.steps).toBe(4);
});

test("other tasks run between the steps of an episode", async () => {
  let ran = false;
  setImmediate(() => {
    ran = true;
  });
  expect((await drawEpisode(policy, make("CartPole-v1"), { maxSteps: 6 }, () => ran)).steps).toBeLessThan(6);
});
