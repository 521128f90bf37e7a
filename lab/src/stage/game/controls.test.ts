import { describe, expect, it } from "vitest";
import { actionOf, type Controls, controlsOf } from "./controls.js";

const discrete = (n: number) => ({ kind: "discrete", n, start: 0 }) as const;
const box = (low: number[], high: number[]) => ({ kind: "box", shape: [low.length], low, high }) as const;
const controls = (...of: Parameters<typeof controlsOf>): Controls => {
  const found = controlsOf(...of);
  if (found === undefined) throw new Error("There are no controls.");
  return found;
};
const nothing = { held: [], slid: 0, step: 0 };

describe("controls", () => {
  it("push the cart; without a key, the two take turns", () => {
    const cart = controls("CartPole-v1", discrete(2));
    const [left, right] = cart.buttons;
    expect(cart.buttons.map(({ sign, key, label }) => [sign, key, label])).toEqual([
      ["←", "arrowleft", "push left"],
      ["→", "arrowright", "push right"],
    ]);
    expect([0, 1, 2].map((step) => actionOf(cart, { ...nothing, step }))).toEqual([0, 1, 0]);
    expect(actionOf(cart, { ...nothing, held: [left, right] })).toBe(1);
    expect(cart.turns).toBe(false);
  });

  it("have a resting action where the environment has one", () => {
    expect(actionOf(controls("LunarLander-v3", discrete(4)), nothing)).toBe(0);
    expect(actionOf(controls("MountainCar-v0", discrete(3)), nothing)).toBe(1);
    expect(controls("MountainCar-v0", discrete(3)).buttons).toHaveLength(2);
  });

  it("take turns in worlds without time, and have digits where nothing is known", () => {
    expect(controls("FrozenLake-v1", discrete(4))).toMatchObject({ turns: true });
    expect(controls("Taxi-v4", discrete(6)).buttons.map(({ key }) => key)).toContain("p");
    expect(
      controls("Bandit-v0", discrete(10))
        .buttons.map(({ sign }) => sign)
        .join(""),
    ).toBe("1234567890");
    expect(controlsOf("Bandit-v0", discrete(11))).toBeUndefined();
  });

  it("steer a number by keys or by a slider, and two numbers by three arrows", () => {
    const pendulum = controls("Pendulum-v1", box([-2], [2]));
    expect(actionOf(pendulum, { ...nothing, slid: 0.5 })).toEqual([0.5]);
    // A positive torque turns to the left.
    expect(actionOf(pendulum, { held: [pendulum.buttons[0]], slid: 0.5, step: 0 })).toEqual([2]);
    const car = controls("MountainCarContinuous-v0", box([-1], [1]));
    expect(actionOf(car, { held: [car.buttons[0]], slid: 0, step: 0 })).toEqual([-1]);
    const lander = controls("LunarLanderContinuous-v3", box([-1, -1], [1, 1]));
    expect(actionOf(lander, nothing)).toEqual([0, 0]);
    expect(actionOf(lander, { ...nothing, held: lander.buttons.slice(1) })).toEqual([1, 1]);
    expect(controlsOf("MyRobot-v0", box([-1, -1, -1], [1, 1, 1]))).toBeUndefined();
    expect(controlsOf("MyRobot-v0", { kind: "box", shape: [1], low: [null], high: [null] })).toBeUndefined();
  });
});
