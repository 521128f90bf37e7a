import { ConfigError, show } from "../errors.js";
import type { Scene } from "./scene.js";

const KINDS: readonly unknown[] = ["polygon", "line", "circle", "text"];

/** Says in words why something cannot be drawn as a scene, or returns undefined if it can. */
export function sceneFault(scene: unknown): string | undefined {
  if (!isRecord(scene) || !isRecord(scene.view) || !Array.isArray(scene.shapes))
    return `${show(scene)} is not { view, shapes }`;
  const { left, right, bottom, top } = scene.view as Record<string, number>;
  if (!Number.isFinite(right - left) || !Number.isFinite(top - bottom) || !(left < right && bottom < top))
    return `the view ${show(scene.view)} has no area`;
  if (scene.background !== undefined && !isColour(scene.background))
    return `the background is ${show(scene.background)}`;
  for (const [i, shape] of scene.shapes.entries()) {
    if (!isRecord(shape) || !KINDS.includes(shape.kind)) return `shapes[${i}] is ${show(shape)}, of unknown kind`;
    const wild = numbersOf(shape).find((value) => !Number.isFinite(value));
    if (wild !== undefined) return `shapes[${i}] has the coordinate ${wild}: ${show(shape)}`;
    for (const colour of [shape.fill, shape.stroke]) {
      if (colour !== undefined && !isColour(colour)) return `shapes[${i}] has the colour ${show(colour)}`;
    }
    const negative = [shape.radius, shape.width, shape.size].find((length) => Number(length) < 0);
    if (negative !== undefined) return `shapes[${i}] has the length ${negative}: ${show(shape)}`;
  }
  return undefined;
}

/** @throws ConfigError if the scene cannot be drawn */
export function checkScene(scene: Scene): void {
  const fault = sceneFault(scene);
  if (fault !== undefined) throw new ConfigError({ field: "scene", given: fault, allowed: "a scene of finite shapes" });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isColour(value: unknown): boolean {
  return typeof value === "string" && /^#[0-9a-f]{6}$/i.test(value);
}

function numbersOf(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}
