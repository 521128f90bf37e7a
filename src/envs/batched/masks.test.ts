import { describe, expect, it } from "vitest";
import { box, discrete, multiDiscrete } from "../../spaces/index.js";
import type { AnyEnv } from "../env.js";
import { timeLimit } from "../time-limit.js";
import { batch } from "./batch.js";

/** An environment that counts to 3; only the next number is allowed. */
class Counting {
  readonly observationSpace = discrete(4);
  readonly actionSpace: unknown = discrete(4);
  private count = 0;
  mask: number[] | undefined;

  reset(): unknown {
    this.count = 0;
    return { observation: 0, info: {} };
  }
  step(): unknown {
    this.count++;
    return { observation: this.count, reward: 0, terminated: this.count === 3, truncated: false, info: {} };
  }
  actionMask(): number[] {
    return this.mask ?? [0, 1, 2, 3].map((action) => (action === this.count + 1 ? 1 : 0));
  }
  snapshot(): number {
    return this.count;
  }
  restore(count: number): void {
    this.count = count;
  }
}

const counting = (overrides: object = {}): AnyEnv => Object.assign(new Counting(), overrides) as unknown as AnyEnv;

describe("the masks of a batch", () => {
  it("belong to the next observation: after a reset, a step, an end, and a restored snapshot", () => {
    const envs = batch(2, () => timeLimit(counting(), 10));
    const seen = (): string => [...(envs.actionMasks ?? [])].join("");
    envs.reset();
    expect(seen()).toBe("01000100");
    envs.step(Int32Array.of(1, 1));
    expect(seen()).toBe("00100010");
    const saved = envs.snapshot?.();
    envs.step(Int32Array.of(2, 2));
    envs.step(Int32Array.of(3, 3));
    expect([...envs.terminated]).toEqual([1, 1]);
    expect(seen()).toBe("01000100");
    envs.restore?.(saved as never);
    expect(seen()).toBe("00100010");
  });

  it("are absent if the environment has none", () => {
    expect(batch(1, () => counting({ actionMask: undefined })).actionMasks).toBeUndefined();
  });

  it("have an entry for each of several choices", () => {
    const envs = batch(1, () => counting({ actionSpace: multiDiscrete([2, 1]), mask: [true, 0, 1] }));
    envs.reset();
    expect([...(envs.actionMasks ?? [])]).toEqual([1, 0, 1]);
  });

  it("are refused with a wrong length, and without discrete choices", () => {
    expect(() => batch(1, () => counting({ mask: [1, 1] })).reset()).toThrow("actionMask(): got [1,1], allowed is 4");
    expect(() => batch(1, () => counting({ actionSpace: box({ low: 0, high: 1, shape: [4] }) }))).toThrow(
      "only choices among actions can be masked",
    );
  });
});
