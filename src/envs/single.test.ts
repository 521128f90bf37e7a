import { expect, it } from "vitest";
import { make } from "./registry.js";

it("an observation stays as it was returned when the environment goes on", () => {
  const env = make("CartPole-v1");
  const { observation } = env.reset({ seed: 0 });
  const before = [...observation];
  const next = env.step(1).observation;
  expect([...observation]).toEqual(before);
  expect([...next]).not.toEqual(before);
});
