import { sin, tanh } from "../../kernels/maths.js";
import type { Generator } from "../../random/generator.js";
import type { Body } from "./physics/rigid-body.js";

/** The largest distance, in steps, between the wind's phase and 0 at the start of an episode. */
const FARTHEST = 9999;

/** The phases of wind and turbulence, in steps. */
export type WindClock = Int32Array;

export function drawWind(clock: WindClock, rng: Generator): void {
  clock[0] = rng.integers(-FARTHEST, FARTHEST);
  clock[1] = rng.integers(-FARTHEST, FARTHEST);
}

/** A gust: tanh(sin 0.02 t + sin 0.01 π t). The two periods have no common multiple. */
function gust(t: number): number {
  return tanh(sin(0.02 * t) + sin(Math.PI * 0.01 * t));
}

/** Applies force and torque to the body for one step, and advances the clock. */
export function blow(body: Body, clock: WindClock, windPower: number, turbulencePower: number): void {
  body.forceX += gust(clock[0]++) * windPower;
  body.torque += gust(clock[1]++) * turbulencePower;
}
