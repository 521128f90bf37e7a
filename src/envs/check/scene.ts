import { show } from "../../errors.js";
import type { AnyEnv } from "../env.js";
import type { Report } from "./finding.js";
import { someActions } from "./play.js";
import { difference, isPlain } from "./same.js";

const KINDS = ["polygon", "line", "circle", "text"];

/** Whether `render` gives a picture that can be drawn, and only looks. */
export function checkScenes(env: AnyEnv, report: Report): void {
  if (!env.render) return;
  env.reset({ seed: 4 });
  for (const action of someActions(env, 4, 10)) {
    const before = env.snapshot?.();
    const scene: unknown = env.render();
    const fault = sceneFault(scene);
    if (fault !== undefined) report.error("render", fault);
    const changed = difference(before, env.snapshot?.());
    if (changed !== undefined) report.error("render", `render changed the environment: ${changed}`);
    const { terminated, truncated } = env.step(action);
    if (terminated || truncated) env.reset();
  }
}

/** What keeps a scene from being drawn, in words. */
export function sceneFault(scene: unknown): string | undefined {
  if (!isPlain(scene) || !isPlain(scene.view) || !Array.isArray(scene.shapes))
    return `render returned ${show(scene)}, not { view, shapes }`;
  const { left, right, bottom, top } = scene.view as Record<string, number>;
  if (!(left < right && bottom < top)) return `the view ${show(scene.view)} has no area`;
  for (const [i, shape] of scene.shapes.entries()) {
    if (!isPlain(shape) || !KINDS.includes(shape.kind as string))
      return `shapes[${i}] is ${show(shape)}, of no known kind`;
    const wild = numbersOf(shape).find((value) => !Number.isFinite(value));
    if (wild !== undefined) return `shapes[${i}] has the coordinate ${wild}: ${show(shape)}`;
    for (const colour of [shape.fill, shape.stroke]) {
      if (colour !== undefined && !/^#[0-9a-f]{6}$/i.test(String(colour)))
        return `shapes[${i}] has the colour ${show(colour)}`;
    }
  }
  return undefined;
}

function numbersOf(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}
