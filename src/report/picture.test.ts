import { expect, test } from "vitest";
import type { AnyEnv } from "../envs/env.js";
import { make } from "../envs/registry.js";
import { EnvironmentError } from "../rollout/guard.js";
import type { Scene } from "../scene/scene.js";
import { train } from "../training/train.js";
import { drawEpisode } from "./drawn-episode.js";
import { pictureOf } from "./picture.js";

const drawnBy = (render: () => Scene): AnyEnv => {
  const env = make("CartPole-v1");
  env.reset({ seed: 1 });
  return { ...env, render } as AnyEnv;
};
const view = { left: 0, right: 1, bottom: 0, top: 1 };

test("an error of render is named as the environment's, with its step and its cause", () => {
  const cause = new TypeError("the canvas is gone");
  const env = drawnBy(() => {
    throw cause;
  });
  const error = new EnvironmentError("render() of the environment threw at step 7: the canvas is gone", { cause });
  expect(() => pictureOf(env, { step: 7 })).toThrow(error);
});

test("a picture that can't be drawn is the environment's error too", () => {
  const circle = { kind: "circle", centre: [Number.NaN, 0], radius: 1 } as const;
  const env = drawnBy(() => ({ view, shapes: [circle] }));
  expect(() => pictureOf(env, { step: 2 })).toThrow(
    /^the environment returned a picture at step 2 that can't be drawn: shapes\[0\] has the coordinate NaN/,
  );
});

test("an environment without render has no picture", () => {
  const { render, ...env } = make("CartPole-v1");
  expect(render).toBeDefined();
  expect(pictureOf(env as AnyEnv, { step: 1 })).toBeUndefined();
});

test("render sees the state after each step", async () => {
  const env = make("CartPole-v1");
  const { policy } = train({ options: { hidden: [4] } });
  const { scenes, steps } = await drawEpisode(policy, env as AnyEnv, { seed: 1 });
  expect(scenes).toHaveLength(steps);
  expect(scenes[steps - 1]).toEqual(env.render?.());
});
