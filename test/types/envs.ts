/** What the compiler says about environments, wrappers and spaces: nothing here is run. */

import { type Evaluation, evaluate, evaluateAsync, loadPolicy, play, playAsync } from "ascent";
import {
  type AnyAsyncEnv,
  type AnyEnv,
  type AsyncEnv,
  clipActions,
  type Env,
  frameStack,
  make,
  makeAsync,
  normaliseObservations,
  normaliseRewards,
  real,
  recordEpisodes,
  register,
  scaleActions,
  timeFeature,
  timeLimit,
} from "ascent/envs";
import { type Box, box, type Discrete, discrete, multiDiscrete } from "ascent/spaces";
import { same } from "./same.js";

declare module "ascent/envs" {
  interface KnownEnvs {
    "Served-v0": AsyncEnv<Float32Array, number>;
  }
}

export function spaces(): void {
  const n: number = make("CartPole-v1").actionSpace.n;
  const low: Float32Array = make("Pendulum-v1").actionSpace.low;
  const states: number = make("FrozenLake-v1").table.states;
  same<ReturnType<typeof pendulum>["actionSpace"], Box>();
  same<ReturnType<typeof unknown>, AnyEnv>();
  same<ReturnType<typeof unknownAsync>, AnyAsyncEnv>();
  same<ReturnType<typeof served>, AsyncEnv<Float32Array, number>>();
  same<ReturnType<typeof servedAtOnce>, never>();
  const limited: Discrete = timeLimit(make("CartPole-v1"), 10).actionSpace;
  // @ts-expect-error An option is misspelt.
  make("Pendulum-v1", { gravity: 9.81 });
  make("Inventory-v0", { shelves: 3 });
  console.log(n, low, states, limited);
}
const pendulum = () => make("Pendulum-v1", { g: 9.81, maxEpisodeSteps: 10 });
const unknown = () => make("Inventory-v0");
const unknownAsync = () => makeAsync("Simulator-v0");
const served = () => makeAsync("Served-v0");
const servedAtOnce = () => make("Served-v0");

export function wrappers(): void {
  const scaled: Box = scaleActions(make("Pendulum-v1"), { low: 0, high: 1 }).actionSpace;
  scaleActions(make("Inventory-v0"));
  clipActions(make("Inventory-v0"));
  const stacked = frameStack(make("Inventory-v0"), 3);
  same<ReturnType<typeof stacked.reset>["observation"], Float32Array>();
  timeFeature(make("Inventory-v0"), 10);
  normaliseObservations(normaliseRewards(make("Inventory-v0")));
  recordEpisodes(make("Inventory-v0"), ({ actions }) => console.log(actions));
  const wrapped: Discrete = frameStack(timeFeature(make("CartPole-v1"), 500), 3).actionSpace;
  // @ts-expect-error CartPole's actions are no Box.
  scaleActions(make("CartPole-v1"));
  // @ts-expect-error Taxi's observations are no Box.
  frameStack(make("Taxi-v4"), 3);
  console.log(scaled, wrapped);
}

export function own(): void {
  const observed = { observation: Float32Array.of(0), info: {} };
  const stepped = { ...observed, reward: 0, terminated: false, truncated: false };
  register({
    id: "Inferred-v0",
    create: () => ({
      observationSpace: box({ low: -1, high: 1 }),
      actionSpace: multiDiscrete([2, 3]),
      reset: () => observed,
      step: (a) => {
        same<typeof a, Int32Array>();
        return stepped;
      },
    }),
  });
  register({
    id: "Method-v0",
    options: { leak: real(0.1, { help: "" }) },
    create: ({ leak }: { leak: number }) => ({
      observationSpace: box({ low: -1, high: leak }),
      actionSpace: discrete(3),
      reset: () => observed,
      step(a) {
        same<typeof a, number>();
        return stepped;
      },
    }),
  });
  const env = (): Env<Float32Array, number> => make("CartPole-v1");
  register({ id: "Typed-v0", create: env });
  register({
    id: "Asynchronous-v0",
    create: () => ({
      asynchronous: true,
      observationSpace: box({ low: -1, high: 1 }),
      actionSpace: multiDiscrete([2, 3]),
      reset: async () => observed,
      step: async (a) => {
        same<typeof a, Int32Array>();
        return stepped;
      },
    }),
  });
  const remote = (): AsyncEnv<Float32Array, number> => ({
    asynchronous: true,
    observationSpace: box({ low: -1, high: 1 }),
    actionSpace: discrete(3),
    reset: async () => observed,
    step: async () => stepped,
  });
  register({ id: "TypedAsynchronous-v0", create: remote });
  // @ts-expect-error An environment needs `step`.
  register({ id: "Half-v0", create: () => ({ observationSpace: discrete(2), actionSpace: discrete(2) }) });
}

declare const server: AsyncEnv<Float32Array, number>;

export function playing(bytes: Uint8Array): void {
  const { policy } = loadPolicy(bytes);
  evaluate(policy, make("CartPole-v1"), { episodes: 10 });
  evaluate(policy, make("Inventory-v0"));
  same<ReturnType<typeof evaluateAsync>, Promise<Evaluation>>();
  evaluateAsync(policy, server, { episodes: 10 });
  // @ts-expect-error `evaluate` does not wait.
  evaluate(policy, server);
  // @ts-expect-error It answers at once.
  playAsync(policy, make("CartPole-v1"));
  for (const step of play(policy, make("Inventory-v0"))) console.log(step.reward);
}
