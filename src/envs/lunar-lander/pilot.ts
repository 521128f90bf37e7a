/**
 * A pilot for LunarLander without learning: two proportional-derivative controllers, with the control law of
 * Gymnasium's demonstration.
 *
 *   target tilt    θ* = clip(x / 2 + ẋ, ±0.4)        target height    y* = 0.55 |x|
 *   turn           (θ* − θ) / 2 − ω                  climb            (y* − y) / 2 − ẏ / 2
 *
 * With a leg on the ground it no longer turns and only slows its fall.
 */
function steer(observation: Float32Array): { turn: number; climb: number } {
  const [x, y, vx, vy, angle, spin, right, left] = observation;
  if (right > 0 || left > 0) return { turn: 0, climb: -vy / 2 };
  const tilt = Math.max(-0.4, Math.min(x / 2 + vx, 0.4));
  return { turn: (tilt - angle) / 2 - spin, climb: (0.55 * Math.abs(x) - y) / 2 - vy / 2 };
}

/**
 * The pilot's action in LunarLander-v3: the main engine if climbing is more urgent than turning, a side engine
 * otherwise.
 */
export function landerPilot(observation: Float32Array): number {
  const { turn, climb } = steer(observation);
  if (climb > Math.abs(turn) && climb > 0.05) return 2;
  if (turn < -0.05) return 3;
  return turn > 0.05 ? 1 : 0;
}

/** The pilot's throttles in LunarLanderContinuous-v3. */
export function landerPilotContinuous(observation: Float32Array): Float32Array {
  const { turn, climb } = steer(observation);
  return Float32Array.of(Math.max(-1, Math.min(20 * climb - 1, 1)), Math.max(-1, Math.min(-20 * turn, 1)));
}
