import { sin, tanh } from "../../kernels/maths.js";
import type { Generator } from "../../random/generator.js";
import type { Body } from "./physics/rigid-body.js";

/** How many steps the wind may be away from the calm at 0, at the start of an episode. */
const FARTHEST = 9999;

/** Where in their courses wind and turbulence are. */
export type WindClock = Int32Array;

export function drawWind(clock: WindClock, rng: Generator): void {
  clock[0] = rng.integers(-FARTHEST, FARTHEST);
  clock[1] = rng.integers(-FARTHEST, FARTHEST);
}

/** A gust: tanh(sin 0.02 t + sin 0.01 π t), of which the two periods never meet again. */
function gust(t: number): number {
  return tanh(sin(0.02 * t) + sin(Math.PI * 0.01 * t));
}

/** Pushes and turns the body for one step, and moves the clock on. */
export function blow(body: Body, clock: WindClock, windPower: number, turbulencePower: number): void {
  body.forceX += gust(clock[0]++) * windPower;
  body.torque += gust(clock[1]++) * turbulencePower;
}
