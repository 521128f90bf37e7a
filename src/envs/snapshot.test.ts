import { expect, it } from "vitest";
import { ConfigError } from "../errors.js";
import { make } from "./index.js";
import { packFloats, readSnapshot } from "./snapshot.js";

it("floats come back from JSON with the same bits, even -0, NaN and infinities", () => {
  const values = Float64Array.of(0, -0, 1 / 3, 5e-324, -1.7976931348623157e308, NaN, Infinity, -Infinity);
  const back = new Float64Array(values.length);
  readSnapshot(JSON.parse(JSON.stringify({ x: [packFloats(values)] }))).columns("x", [back]);
  expect(new BigUint64Array(back.buffer)).toEqual(new BigUint64Array(values.buffer));
});

it("an invalid snapshot is an error that names the field, and changes nothing", () => {
  for (const id of ["CartPole-v1", "FrozenLake-v1", "Taxi-v4", "Blackjack-v1"] as const) {
    const env = make(id);
    env.reset({ seed: 1 });
    const good = env.snapshot?.() as { env: Record<string, never> };
    const before = JSON.stringify(good);
    for (const bad of [
      null,
      3,
      [],
      {},
      { ...good, env: {} },
      { ...good, env: { ...good.env, running: 1 } },
      { ...good, env: { ...good.env, rng: 7 } },
    ])
      expect(() => env.restore?.(bad)).toThrow(ConfigError);
    for (const field of ["state", "dealer"]) {
      if (field in good.env)
        expect(() => env.restore?.({ ...good, env: { ...good.env, [field]: [["x"]] } })).toThrow(field);
    }
    expect(JSON.stringify(env.snapshot?.())).toBe(before);
  }
});
