import { type Scene, sceneFault } from "ascent/scene";

/** A picture of more shapes would keep the page busy. */
const MOST_SHAPES = 5000;
const MOST_POINTS = 20_000;

/** The scene, if it can be drawn in a moment. It comes from code that the page does not know. */
export function drawable(scene: Scene | undefined): Scene | undefined {
  if (scene === undefined || sceneFault(scene) !== undefined || scene.shapes.length > MOST_SHAPES) return undefined;
  const points = scene.shapes.reduce((sum, shape) => sum + ("points" in shape ? shape.points.length : 1), 0);
  return points > MOST_POINTS ? undefined : scene;
}
