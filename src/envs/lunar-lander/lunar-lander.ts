/**
 * LunarLander: bring a craft down from the top of the view to rest on the pad between two flags.
 *
 *   φ = −100 √(x² + y²) − 100 √(ẋ² + ẏ²) − 100 |θ| + 10 (legs on the ground)
 *   r = φ′ − φ − 0.3 (main engine's power) − 0.03 (side engine's power)
 *   or −100 at a crash or out of view, +100 at rest
 *
 * The observation is x, y, ẋ, ẏ, θ, ω and whether the right and the left leg touch the ground. The pad is at (0, 0);
 * half the view's width and half its height are 1. One step is 0.02 s. As Gymnasium's LunarLander-v3 by Oleg Klimov,
 * which runs on Box2D 2.3 in float32. The solver here does the same in float64, for exactly these bodies; see
 * `world.ts`.
 */

import { ConfigError } from "../../errors.js";
import { flag, real, type Values } from "../../options.js";
import { defaultRng } from "../../random/generator.js";
import { box } from "../../spaces/box.js";
import { discrete } from "../../spaces/discrete.js";
import type { Env } from "../env.js";
import { defineEnv } from "../env-spec.js";
import { noResetOptions } from "../no-reset-options.js";
import { ResetNeeded } from "../reset-needed.js";
import { packFloats, readSnapshot } from "../snapshot.js";
import { craft, LEG_DOWN, launch } from "./craft.js";
import { checkState, emptyState, setState, stateOf } from "./craft-snapshot.js";
import { continuousThrust, discreteThrust, fire, type Thrust } from "./engines.js";
import { drawLander } from "./lander-scene.js";
import { originX, originY } from "./physics/rigid-body.js";
import { step as stepWorld } from "./physics/world.js";
import { drawHeights, HEIGHT, PAD, POINTS, WIDTH } from "./terrain.js";
import { blow, drawWind } from "./wind.js";

const STEPS_A_SECOND = 50;
/** The push at the start has at most this force, in newtons, for one step. */
const FIRST_PUSH = 1000;
const HIGH = [2.5, 2.5, 10, 10, 2 * Math.PI, 10, 1, 1];
const LOW = [-2.5, -2.5, -10, -10, -2 * Math.PI, -10, 0, 0];
const COAST: Thrust = { main: 0, side: 0, direction: 0 };

const options = {
  continuous: flag(false, {
    help: "whether an action is two throttles from -1 to 1, main and side, and not one of four",
  }),
  gravity: real(-10, { min: -12, max: 0, help: "acceleration of gravity, in m/s²: between -12 and 0" }),
  enableWind: flag(false, { help: "whether wind blows while the craft is in the air" }),
  windPower: real(15, { help: "greatest force of the wind, in newtons; 0 to 20 is usual" }),
  turbulencePower: real(1.5, { help: "greatest torque of the wind, in newton metres; 0 to 2 is usual" }),
};

function create({
  continuous,
  gravity,
  enableWind,
  windPower,
  turbulencePower,
}: Values<typeof options>): Env<Float32Array, number | Float32Array> {
  if (!(gravity > -12 && gravity < 0))
    throw new ConfigError({ field: "options.gravity", given: gravity, allowed: "a number between -12 and 0" });
  const observationSpace = box({ low: LOW, high: HIGH });
  const actionSpace = continuous ? box({ low: -1, high: 1, shape: [2] }) : discrete(4);
  const rng = defaultRng(0);
  let heights: Float64Array = new Float64Array(POINTS);
  const lander = craft(gravity);
  let thrust = COAST;
  let potential = 0;
  const wind = new Int32Array(2);
  let running = false;

  function advance(): { observation: Float32Array; reward: number; terminated: boolean } {
    const { hull, legs, world } = lander;
    if (enableWind && !legs[0].grounded && !legs[1].grounded) blow(hull, wind, windPower, turbulencePower);
    fire(hull, thrust, rng);
    const awake = stepWorld(world, 1 / STEPS_A_SECOND);
    const x = (originX(hull) - WIDTH / 2) / (WIDTH / 2);
    const y = (originY(hull) - (PAD.y + LEG_DOWN)) / (HEIGHT / 2);
    const vx = (hull.vx * (WIDTH / 2)) / STEPS_A_SECOND;
    const vy = (hull.vy * (HEIGHT / 2)) / STEPS_A_SECOND;
    const spin = (20 * hull.spin) / STEPS_A_SECOND;
    const standing = [legs[0].grounded ? 1 : 0, legs[1].grounded ? 1 : 0];
    const before = potential;
    potential =
      -100 * Math.sqrt(x * x + y * y) -
      100 * Math.sqrt(vx * vx + vy * vy) -
      100 * Math.abs(hull.angle) +
      10 * standing[0] +
      10 * standing[1];
    const lost = hull.hasTouched || Math.abs(x) >= 1;
    const ongoing = potential - before - 0.3 * thrust.main - 0.03 * thrust.side;
    return {
      observation: Float32Array.of(x, y, vx, vy, hull.angle, spin, standing[0], standing[1]),
      reward: !awake ? 100 : lost ? -100 : ongoing,
      terminated: lost || !awake,
    };
  }

  return {
    observationSpace,
    actionSpace,
    reset({ seed, options: given } = {}) {
      noResetOptions(given);
      if (seed !== undefined) rng.reseed(seed);
      heights = drawHeights(rng);
      launch(lander, heights);
      lander.hull.forceX = rng.uniform(-FIRST_PUSH, FIRST_PUSH);
      lander.hull.forceY = rng.uniform(-FIRST_PUSH, FIRST_PUSH);
      if (enableWind) drawWind(wind, rng);
      thrust = COAST;
      running = true;
      return { observation: advance().observation, info: {} };
    },
    step(action) {
      if (!running) throw new ResetNeeded();
      const isAction = continuous
        ? action instanceof Float32Array && action.length === 2 && action.every(Number.isFinite)
        : actionSpace.contains(action);
      if (!isAction) throw new ConfigError({ field: "action", given: action, allowed: `a value of ${actionSpace}` });
      thrust = typeof action === "number" ? discreteThrust(action) : continuousThrust(action);
      const { observation, reward, terminated } = advance();
      running = !terminated;
      return { observation, reward, terminated, truncated: false, info: {} };
    },
    render: () => drawLander(lander, heights, thrust),
    snapshot() {
      const { bodies, joints, contacts } = stateOf(lander);
      const memory = [potential, thrust.main, thrust.side, thrust.direction, ...wind];
      return { running, state: [heights, bodies, joints, contacts, memory].map(packFloats), rng: rng.snapshot() };
    },
    restore(snapshot) {
      const read = readSnapshot(snapshot);
      const wasRunning = read.flag("running");
      const savedHeights = new Float64Array(POINTS);
      const saved = emptyState(lander);
      const memory = new Float64Array(6);
      read.columns("state", [savedHeights, saved.bodies, saved.joints, saved.contacts, memory]);
      checkState(saved);
      rng.restore(read.json("rng"));
      // Everything has been read and checked, so the environment cannot end up half restored.
      running = wasRunning;
      heights = savedHeights;
      launch(lander, heights);
      setState(lander, saved);
      potential = memory[0];
      thrust = { main: memory[1], side: memory[2], direction: memory[3] };
      wind.set(memory.subarray(4));
    },
  };
}

/** The spec of LunarLander-v3, for `register` of `ascent/lean`. */
export const lunarLander = defineEnv({
  id: "LunarLander-v3",
  summary: "land a craft softly between two flags, with a main engine and two side engines",
  framesPerSecond: STEPS_A_SECOND,
  options,
  maxEpisodeSteps: 1000,
  rewardThreshold: 200,
  create,
});

/** The spec of LunarLanderContinuous-v3, for `register` of `ascent/lean`. */
export const lunarLanderContinuous = defineEnv({
  id: "LunarLanderContinuous-v3",
  summary: "LunarLander with throttles in place of four actions",
  framesPerSecond: STEPS_A_SECOND,
  options: { ...options, continuous: flag(true, { help: options.continuous.help }) },
  maxEpisodeSteps: 1000,
  rewardThreshold: 200,
  create,
});
