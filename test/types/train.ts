/** What the compiler says about configs: nothing here is run. */

import { type NamedConfig, type Policy, type TrainConfig, type Training, train, trainNamed } from "ascent";
import { type Algorithm, defineAlgorithm, flag, type int } from "ascent/algorithms";
import type { ActionOf, AnyAsyncEnv, AsyncEnv, Env, ObservationOf } from "ascent/envs";
import { same } from "./same.js";

declare module "ascent/envs" {
  interface KnownEnvs {
    "TypedGame-v0": Env<Float32Array, Int32Array>;
    "TypedServer-v0": AsyncEnv<Float32Array, number>;
  }
  interface KnownEnvOptions {
    "TypedGame-v0": { readonly wind?: number };
  }
}
declare module "ascent/algorithms" {
  interface KnownAlgorithms {
    "typed-algorithm": typeof own;
  }
}
declare const own: Algorithm<{ readonly depth: ReturnType<typeof int> }, "default" | "deep">;
declare const game: () => Env<Float32Array, Int32Array>;
declare const remote: () => AsyncEnv<Float32Array, Int32Array>;
declare const runTimeName: string;

export function names(): void {
  train();
  train({ algorithm: "ppo", env: "LunarLander-v3", preset: "zoo", options: { clipRange: 0.1 } });
  // @ts-expect-error No algorithm has this name.
  train({ algorithm: "pp0" });
  // @ts-expect-error No environment has this id.
  train({ env: "CartPol-v1" });
  // @ts-expect-error REINFORCE has no preset of this name.
  train({ preset: "defalt" });
  // @ts-expect-error `zoo` is a preset of ppo and a2c, not of REINFORCE.
  train({ preset: "zoo" });
  // @ts-expect-error A setting is misspelt.
  train({ episode: 100 });
}

export function options(): void {
  train({ options: { learningRate: 1, baseline: "value", hidden: [8] } });
  // @ts-expect-error An option is misspelt.
  train({ options: { learningRat: 1 } });
  // @ts-expect-error `clipRange` is PPO's.
  train({ algorithm: "reinforce", options: { clipRange: 0.1 } });
  // @ts-expect-error `clipRange` is PPO's, and REINFORCE is what trains where nothing is said.
  train({ options: { clipRange: 0.1 } });
  // @ts-expect-error One of a few words.
  train({ options: { baseline: "vlaue" } });
  // @ts-expect-error A number.
  train({ options: { gamma: "0.99" } });
  train({ env: "Pendulum-v1", envOptions: { g: 9.81, maxEpisodeSteps: 100 } });
  // @ts-expect-error Pendulum has no such option.
  train({ env: "Pendulum-v1", envOptions: { gravity: 9.81 } });
  // @ts-expect-error Nor has CartPole, where nothing is said.
  train({ envOptions: { g: 9.81 } });
}

export function onesOwn(): void {
  train({ env: "TypedGame-v0", envOptions: { wind: 3, maxEpisodeSteps: 10 } });
  // @ts-expect-error The game's options are declared.
  train({ env: "TypedGame-v0", envOptions: { wnd: 3 } });
  train({ algorithm: "typed-algorithm", preset: "deep", options: { depth: 3 } });
  // @ts-expect-error A preset of another.
  train({ algorithm: "typed-algorithm", preset: "zoo" });
  train({ env: game, envOptions: { maxEpisodeSteps: 10 } });
  // @ts-expect-error An environment given by a function has its options inside.
  train({ env: game, envOptions: { wind: 3 } });
  // @ts-expect-error An instance: several fresh ones are needed.
  train({ env: game() });
  train({ algorithm: own, preset: "deep", options: { depth: 3 } });
  // @ts-expect-error An option is misspelt.
  train({ algorithm: own, options: { dept: 3 } });
  // @ts-expect-error It has no such preset.
  train({ algorithm: own, preset: "zoo" });
  const inferred = defineAlgorithm({
    name: "inferred",
    summary: "",
    options: { quick: flag(false, { help: "" }) },
    presets: { default: { summary: "", options: {}, steps: 1, stopWhenSolved: false } },
    collect: ({ quick }) => ({ episodes: quick ? 1 : 10 }),
    create: ({ options: { quick } }) => {
      same<typeof quick, boolean>();
      throw new Error("never made");
    },
  });
  train({ algorithm: inferred, options: { quick: true } });
}

export async function asynchronous(): Promise<void> {
  const run = train({ env: remote, envOptions: { maxEpisodeSteps: 10 } });
  const switches: Int32Array = run.policy.act(new Float32Array(4));
  const choice: number = train({ env: "TypedServer-v0" }).policy.act(new Float32Array(4));
  for await (const update of run) console.log(update.averageReturn);
  same<ObservationOf<ReturnType<typeof remote>>, Float32Array>();
  same<ActionOf<ReturnType<typeof remote>>, Int32Array>();
  const any: () => AnyAsyncEnv = remote;
  trainNamed({ env: any });
  // @ts-expect-error An instance: several fresh ones are needed.
  train({ env: remote() });
  // @ts-expect-error It does not say that it is asynchronous.
  train({ env: () => ({ ...remote(), asynchronous: undefined }) });
  // @ts-expect-error `reset` must return a promise as well.
  train({ env: () => ({ ...remote(), reset: () => ({ observation: Float32Array.of(0), info: {} }) }) });
  // @ts-expect-error An environment given by a function has its options inside.
  train({ env: remote, envOptions: { url: "" } });
  console.log(switches, choice);
}

export function values(): void {
  const observation = new Float32Array(4);
  same<ReturnType<ReturnType<typeof cartPole>["policy"]["act"]>, number>();
  const push: number = train({ env: "CartPole-v1" }).policy.act(observation);
  const torque: Float32Array = train({ env: "Pendulum-v1" }).policy.act(observation);
  const switches: Int32Array = train({ env: game }).policy.act(observation);
  // @ts-expect-error Taxi shows numbers.
  train({ env: "Taxi-v4" }).policy.act(observation);
  const some: Training = train({ env: "CartPole-v1" });
  const policy: Policy = train({ env: "CartPole-v1" }).policy;
  console.log(push, torque, switches, some, policy);
}
const cartPole = () => train({ algorithm: "ppo" });

export function atRunTime(): void {
  // @ts-expect-error A text may be any name.
  train({ env: runTimeName });
  // @ts-expect-error A text may be any name.
  train({ algorithm: runTimeName });
  const config: NamedConfig = { algorithm: runTimeName, env: runTimeName, preset: runTimeName, options: { any: 1 } };
  same<ReturnType<typeof trainNamed>, Training>();
  trainNamed(config);
  trainNamed({ algorithm: own, env: game });
  const checked = { env: "CartPole-v1", preset: "exercise", options: { hidden: [8] } } satisfies TrainConfig;
  const annotated: TrainConfig<"ppo"> = { algorithm: "ppo", preset: "zoo", options: { clipRange: 0.1 } };
  train(checked);
  train(annotated);
}
