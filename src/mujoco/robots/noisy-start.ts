import type { Generator } from "../../random/generator.js";
import type { Robot } from "../robot.js";

/**
 * Adds noise to the start: uniform within ±scale on the positions, then on the velocities uniform noise of the same scale
 * or normal noise with that standard deviation.
 */
export function noisyStart({ qpos, qvel }: Robot, rng: Generator, scale: number, speeds: "uniform" | "normal"): void {
  const onPlaces = rng.uniform(-scale, scale, qpos.length);
  for (let i = 0; i < qpos.length; i++) qpos[i] += onPlaces[i];
  if (speeds === "uniform") {
    const onSpeeds = rng.uniform(-scale, scale, qvel.length);
    for (let i = 0; i < qvel.length; i++) qvel[i] += onSpeeds[i];
  } else {
    const onSpeeds = rng.standardNormal(qvel.length);
    for (let i = 0; i < qvel.length; i++) qvel[i] += scale * onSpeeds[i];
  }
}
