import { describe, expect, it } from "vitest";
import { defaultRng, type Generator } from "../random/generator.js";
import { box, discrete, multiBinary, multiDiscrete, tuple } from "../spaces/index.js";
import { checkEnv } from "./check-env.js";
import type { AnyEnv, Env, StepResult } from "./env.js";
import { ResetNeeded } from "./reset-needed.js";
import { readSnapshot } from "./snapshot.js";

type Drift = Env<Float32Array, Float32Array> & { readonly rng: Generator };

/** Two numbers drift at random and are pushed by the action. The episode ends when the first leaves [-1, 1]. */
function drift(): Drift {
  const rng = defaultRng(0);
  let position = Float64Array.of(0, 0);
  let running = false;
  const observation = (): Float32Array => Float32Array.from(position, (value) => Math.max(-2, Math.min(2, value)));
  return {
    rng,
    observationSpace: box({ low: -2, high: 2, shape: [2] }),
    actionSpace: box({ low: -1, high: 1, shape: [2] }),
    reset({ seed } = {}) {
      if (seed !== undefined) rng.reseed(seed);
      position = Float64Array.of(rng.uniform(-0.5, 0.5), rng.uniform(-0.5, 0.5));
      running = true;
      return { observation: observation(), info: { from: observation() } };
    },
    step(action) {
      if (!running) throw new ResetNeeded();
      position = position.map((value, i) => value + 0.1 * action[i] + rng.uniform(-0.1, 0.1));
      running = Math.abs(position[0]) <= 1;
      return { observation: observation(), reward: position[1], terminated: !running, truncated: false, info: {} };
    },
    render: () => ({
      view: { left: -2, right: 2, bottom: -2, top: 2 },
      shapes: [{ kind: "circle", centre: [position[0], position[1]], radius: 0.1, fill: "#000000" }],
    }),
    snapshot: () => ({ position: [Array.from(position)], running, rng: rng.snapshot() }),
    restore(snapshot) {
      const read = readSnapshot(snapshot);
      read.columns("position", [position]);
      running = read.flag("running");
      rng.restore(read.json("rng"));
    },
  };
}

/** The sound environment with some of its parts replaced. */
function broken(change: (sound: Drift) => Record<string, unknown>): () => AnyEnv {
  return () => {
    const sound = drift();
    return { ...sound, ...change(sound) } as unknown as AnyEnv;
  };
}

/** The sound environment with the result of each step changed. */
function stepping(change: (result: StepResult<Float32Array>, t: number) => unknown): () => AnyEnv {
  return broken((sound) => {
    let t = 0;
    return { step: (action: Float32Array) => change(sound.step(action), t++) };
  });
}

function found(create: () => AnyEnv): string[] {
  return checkEnv(create, { seeds: 3, steps: 120 }).map(({ severity, check }) => `${severity}: ${check}`);
}

it("a sound environment has no findings, whether a factory or an instance is checked", () => {
  expect(checkEnv(drift as () => AnyEnv)).toEqual([]);
  expect(checkEnv(drift() as AnyEnv)).toEqual([]);
});

it("a finding says what was observed", () => {
  expect(checkEnv(stepping((result) => ({ ...result, reward: NaN })))).toEqual([
    { severity: "error", check: "reward", message: "the reward is NaN, not a finite number" },
  ]);
  const wide = stepping((result) => ({ ...result, observation: Float32Array.of(0.5, 2.5) }));
  expect(checkEnv(wide)[0].message).toBe("the observation of step is 2.5 at [1], outside [-2, 2]");
});

/** One broken environment for each check. Without its check, the fault would go unnoticed. */
const zoo: Record<string, [string, () => AnyEnv]> = {
  "no object": ["error: environment", () => undefined as unknown as AnyEnv],
  "no action space": ["error: action-space", broken(() => ({ actionSpace: undefined }))],
  "an observation space of another library": [
    "error: observation-space",
    broken(() => ({ observationSpace: { n: 2 } })),
  ],
  "a space that does not hold its samples": [
    "error: action-space",
    broken((sound) => ({ actionSpace: { ...sound.actionSpace, contains: () => false } })),
  ],
  "bounds of the wrong length": [
    "error: observation-space",
    broken((sound) => ({ observationSpace: { ...sound.observationSpace, shape: [3], contains: () => true } })),
  ],
  "crossed bounds": [
    "error: observation-space",
    broken((sound) => ({
      observationSpace: { ...sound.observationSpace, low: Float32Array.of(3, 3), contains: () => true },
    })),
  ],
  "no actions": [
    "error: action-space",
    broken(() => ({ actionSpace: { ...discrete(2), n: 0, sample: () => 0, contains: () => true } })),
  ],
  "a single number with a shape": ["error: action-space", acting({ ...discrete(2), shape: [1] })],
  "a choice among no options": ["error: action-space", acting({ ...multiDiscrete([2]), nvec: [2, 0], shape: [2] })],
  "a number of choices that differs from the shape": [
    "error: action-space",
    acting({ ...multiDiscrete([2]), shape: [2] }),
  ],
  "no switches": ["error: action-space", acting({ ...multiBinary(1), n: 0 })],
  "an empty tuple": ["error: action-space", acting({ ...tuple([discrete(2)]), spaces: [] })],
  "equal bounds": [
    "warning: observation-bounds-equal",
    broken((sound) => ({
      observationSpace: { ...sound.observationSpace, low: Float32Array.of(2, -2), contains: () => true },
    })),
  ],
  "infinite bounds": [
    "warning: observation-bounds-infinite",
    broken(() => ({ observationSpace: box({ low: -2, high: Infinity, shape: [2] }) })),
  ],
  "actions far from [-1, 1]": [
    "warning: action-range",
    broken(() => ({ actionSpace: box({ low: -5, high: 1, shape: [2] }) })),
  ],
  "reset is async": ["error: promise", broken((sound) => ({ reset: async (o: object) => sound.reset(o) }))],
  "step is async": ["error: promise", broken((sound) => ({ step: async (a: Float32Array) => sound.step(a) }))],
  "reset returns the bare observation": [
    "error: reset-result",
    broken((sound) => ({ reset: (o: object) => sound.reset(o).observation })),
  ],
  "step returns a tuple": [
    "error: step-result",
    stepping((r) => [r.observation, r.reward, r.terminated, r.truncated, r.info]),
  ],
  "step says done": ["error: step-result", stepping((r) => ({ ...r, done: r.terminated }))],
  "truncated is missing": ["error: flags", stepping(({ truncated: _, ...rest }) => rest)],
  "terminated is 0 or 1": ["error: flags", stepping((r) => ({ ...r, terminated: Number(r.terminated) }))],
  "info is missing": ["error: info", stepping(({ info: _, ...rest }) => rest)],
  "the reward is text": ["error: reward", stepping((r) => ({ ...r, reward: String(r.reward) }))],
  "the reward is infinite once": [
    "error: reward",
    stepping((r, t) => ({ ...r, reward: t === 50 ? Infinity : r.reward })),
  ],
  "an observation is NaN": ["error: observation", stepping((r) => ({ ...r, observation: Float32Array.of(NaN, 0) }))],
  "the first observation is NaN": ["error: observation", starting({ observation: Float32Array.of(NaN, 0) })],
  "the first info is missing": ["error: info", starting({ info: undefined })],
  "an observation is infinite": [
    "error: observation",
    stepping((r) => ({ ...r, observation: Float32Array.of(Infinity, 0) })),
  ],
  "an observation is float64": [
    "error: observation",
    stepping((r) => ({ ...r, observation: Float64Array.from(r.observation) })),
  ],
  "an observation is a plain array": [
    "error: observation",
    stepping((r) => ({ ...r, observation: Array.from(r.observation) })),
  ],
  "an observation is too short": [
    "error: observation",
    stepping((r) => ({ ...r, observation: r.observation.slice(1) })),
  ],
  "an observation leaves its bounds": [
    "error: observation",
    stepping((r) => ({ ...r, observation: Float32Array.of(2.1, 0) })),
  ],
  "step throws occasionally": [
    "error: throws",
    stepping((r, t) => {
      if (t === 60) throw new Error("no such cell");
      return r;
    }),
  ],
  "the episode depends on how often it has been played": [
    "error: same-seed",
    stepping((r, t) => ({ ...r, reward: r.reward + t })),
  ],
  "the seed is not used": ["warning: seed-ignored", () => seeding(() => ({ seed: 0 }))],
  "reset without a seed starts from fixed numbers": [
    "error: reset-restarts",
    () => seeding((o) => ({ seed: o?.seed ?? 1 })),
  ],
  "reset throws on options": [
    "error: reset-options",
    broken((sound) => ({
      reset(o?: { options?: object }) {
        if (o?.options) throw new Error("what options?");
        return sound.reset(o as object);
      },
    })),
  ],
  "an old seed method": ["warning: seed-method", broken(() => ({ seed: () => [0] }))],
  "one buffer for all observations": ["error: aliasing", aliasing((buffer) => buffer)],
  "one array with unchanged contents": [
    "error: aliasing",
    broken((sound) => {
      const observation = Float32Array.of(0, 0);
      return {
        reset: (o: object) => ({ ...sound.reset(o), observation }),
        step: (action: Float32Array) => ({ ...sound.step(action), observation }),
      };
    }),
  ],
  "views of one buffer": ["error: aliasing", aliasing((buffer) => buffer.subarray(0))],
  "an observation changes a step later": [
    "error: aliasing",
    broken((sound) => {
      let last: Float32Array | undefined;
      return {
        step(action: Float32Array) {
          last?.fill(0);
          const result = sound.step(action);
          last = result.observation;
          return result;
        },
      };
    }),
  ],
  "one info object for all steps": ["error: info-aliasing", broken((sound) => withInfo(sound, {}))],
  "the action is clipped in place": [
    "error: action-changed",
    broken((sound) => ({
      step(action: Float32Array) {
        action.forEach((value, i) => {
          action[i] = Math.max(-0.5, Math.min(0.5, value));
        });
        return sound.step(action);
      },
    })),
  ],
  "the action is kept and used a step later": [
    "error: action-kept",
    broken((sound) => {
      let last: Float32Array = Float32Array.of(0, 0);
      return {
        reset(o: object) {
          last = Float32Array.of(0, 0);
          return sound.reset(o);
        },
        step(action: Float32Array) {
          const result = sound.step(last);
          last = action;
          return result;
        },
        snapshot: undefined,
        restore: undefined,
      };
    }),
  ],
  "snapshot without restore": ["error: snapshot", broken(() => ({ restore: undefined }))],
  "a snapshot without the random numbers": [
    "error: snapshot",
    broken((sound) => ({
      snapshot: () => ({ ...(sound.snapshot?.() as object), rng: null }),
      restore: (s: Record<string, never>) =>
        sound.restore?.({ ...(sound.snapshot?.() as object), position: s.position, running: s.running }),
    })),
  ],
  "a snapshot that is not JSON": [
    "error: snapshot",
    broken((sound) => ({
      snapshot: () => ({ ...(sound.snapshot?.() as object), when: undefined, seen: new Map() }),
    })),
  ],
  "a live snapshot": [
    "error: snapshot",
    broken((sound) => {
      const live = { steps: 0 };
      return {
        step(action: Float32Array) {
          live.steps++;
          return sound.step(action);
        },
        snapshot: () => ({ ...(sound.snapshot?.() as object), live }),
      };
    }),
  ],
  "taking a snapshot changes the state": [
    "error: snapshot",
    broken((sound) => ({
      snapshot() {
        const kept = sound.snapshot?.();
        sound.step(Float32Array.of(1, 1));
        return kept;
      },
    })),
  ],
  "taking a snapshot draws a random number": [
    "error: snapshot",
    broken((sound) => ({
      snapshot() {
        sound.actionSpace.sample(sound.rng);
        return sound.snapshot?.();
      },
    })),
  ],
  "step before reset does not throw": [
    "warning: step-before-reset",
    broken((sound) => {
      sound.reset();
      return {};
    }),
  ],
  "an observation that is the action's own array": [
    "error: action-kept",
    broken((sound) => ({ step: (action: Float32Array) => ({ ...sound.step(action), observation: action }) })),
  ],
  "an info that holds the action's own array": [
    "error: action-kept",
    broken((sound) => ({ step: (action: Float32Array) => ({ ...sound.step(action), info: { last: [action] } }) })),
  ],
  "step after the end does not throw": [
    "warning: step-after-end",
    broken((sound) => {
      let last: unknown;
      return {
        step(action: Float32Array) {
          try {
            last = sound.step(action);
          } catch (error) {
            if (last === undefined) throw error;
          }
          return last;
        },
        reset(o: object) {
          last = undefined;
          return sound.reset(o);
        },
      };
    }),
  ],
  "the first step is truncated": [
    "error: truncates-at-once",
    broken((sound) => {
      let over = true;
      return {
        reset(o: object) {
          over = false;
          return sound.reset(o);
        },
        step(action: Float32Array) {
          if (over) throw new ResetNeeded();
          over = true;
          return { ...sound.step(action), truncated: true };
        },
        snapshot: undefined,
        restore: undefined,
      };
    }),
  ],
  "Math.random decides": ["error: hidden-randomness", stepping((r) => ({ ...r, reward: Math.random() }))],
  "Math.random is called but not used": [
    "error: hidden-randomness",
    stepping((r) => {
      Math.random();
      return r;
    }),
  ],
  "crypto is called": [
    "error: hidden-randomness",
    stepping((r) => {
      crypto.getRandomValues(new Uint8Array(1));
      return r;
    }),
  ],
  "the clock is read": ["warning: clock", stepping((r) => ({ ...r, info: { quick: Date.now() > 0 } }))],
  "instances share a counter": [
    "error: shared-state",
    (() => {
      let steps = 0;
      return broken((sound) => ({
        reset(o: object) {
          steps = 0;
          return sound.reset(o);
        },
        step(action: Float32Array) {
          steps++;
          return { ...sound.step(action), reward: steps };
        },
        snapshot: undefined,
        restore: undefined,
      }));
    })(),
  ],
  "a picture with NaN in it": [
    "error: render",
    broken((sound) => ({
      render: () => ({ ...sound.render?.(), shapes: [{ kind: "circle", centre: [NaN, 0], radius: 1 }] }),
    })),
  ],
  "a picture without a view": ["error: render", broken(() => ({ render: () => ({ shapes: [] }) }))],
  "a picture that is text": ["error: render", broken(() => ({ render: () => "#" }))],
  "a colour given by name": [
    "error: render",
    broken((sound) => ({
      render: () => ({ ...sound.render?.(), shapes: [{ kind: "circle", centre: [0, 0], radius: 1, fill: "red" }] }),
    })),
  ],
  "render changes the state": [
    "error: render",
    broken((sound) => ({
      render() {
        sound.step(Float32Array.of(0, 0));
        return { view: { left: 0, right: 1, bottom: 0, top: 1 }, shapes: [] };
      },
    })),
  ],
};

function acting(actionSpace: object): () => AnyEnv {
  return broken(() => ({ actionSpace: { ...actionSpace, contains: () => true } }));
}

function starting(part: object): () => AnyEnv {
  return broken((sound) => ({ reset: (o: object) => ({ ...sound.reset(o), ...part }) }));
}

function seeding(choose: (options?: { seed?: number | bigint }) => { seed?: number | bigint }): AnyEnv {
  const sound = drift();
  return {
    ...sound,
    reset: (o?: object) => sound.reset(choose(o)),
    snapshot: undefined,
    restore: undefined,
  } as unknown as AnyEnv;
}

function aliasing(handOut: (buffer: Float32Array) => Float32Array): () => AnyEnv {
  return broken((sound) => {
    const buffer = new Float32Array(2);
    const reuse = <R extends { observation: Float32Array }>(result: R): R => {
      buffer.set(result.observation);
      return { ...result, observation: handOut(buffer) };
    };
    return { reset: (o: object) => reuse(sound.reset(o)), step: (action: Float32Array) => reuse(sound.step(action)) };
  });
}

function withInfo(sound: Drift, info: object): Record<string, unknown> {
  return {
    reset: (o: object) => ({ ...sound.reset(o), info }),
    step: (action: Float32Array) => ({ ...sound.step(action), info }),
  };
}

describe("each fault is found and named:", () => {
  it.each(Object.entries(zoo))("%s", (_, [expected, create]) => {
    expect(found(create)).toContain(expected);
  });
});

it("Math.random and the clock are restored afterwards", () => {
  const before = [Math.random, Date.now, performance.now, crypto.getRandomValues];
  checkEnv(drift() as AnyEnv, { seeds: 1, steps: 5 });
  expect([Math.random, Date.now, performance.now, crypto.getRandomValues]).toEqual(before);
  expect(Object.hasOwn(performance, "now")).toBe(false);
});

it("a check without seeds or steps is an error", () => {
  expect(() => checkEnv(drift() as AnyEnv, { steps: 0 })).toThrow("checkEnv");
});
