import type { Scene, SceneShape } from "../scene/scene.js";
import { rectangle } from "./shapes.js";

/** A bar to the mean of each arm, and a dot at the reward of the last pull. */
export function drawArms(means: readonly number[], last: { arm: number; reward: number } | undefined): Scene {
  const k = means.length;
  const seen = last === undefined ? means : [...means, last.reward];
  const least = seen.reduce((a, b) => Math.min(a, b), 0);
  const most = seen.reduce((a, b) => Math.max(a, b), 0);
  const height = most - least || 1;
  // The picture is two thirds as high as it is wide, whatever the arms pay.
  const scale = (0.6 * k) / height;
  const shapes: SceneShape[] = means.map((mean, arm) => ({
    kind: "polygon",
    points: rectangle(arm + 0.15, Math.min(mean, 0) * scale, arm + 0.85, Math.max(mean, 0) * scale),
    fill: arm === last?.arm ? "#3b82c4" : "#b6c7d9",
  }));
  shapes.push({
    kind: "line",
    points: [
      [0, 0],
      [k, 0],
    ],
    stroke: "#374151",
  });
  if (last !== undefined) {
    const centre = [last.arm + 0.5, last.reward * scale] as const;
    shapes.push({ kind: "circle", centre, radius: 0.018 * k, fill: "#d9730d" });
  }
  const margin = 0.05 * k;
  const view = { left: 0, right: k, bottom: least * scale - margin, top: least * scale + 0.6 * k + margin };
  return { view, background: "#fafafa", shapes };
}
