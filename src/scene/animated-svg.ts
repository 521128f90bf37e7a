import { ConfigError } from "../errors.js";
import type { Scene } from "./scene.js";
import { toSvg } from "./svg.js";

/** A frame's size and its content, without the element around it. */
export interface Frame {
  readonly open: string;
  readonly content: string;
}

export function svgFrame(scene: Scene, width: number): Frame {
  const lines = toSvg(scene, { width }).split("\n");
  return { open: lines[0], content: lines.slice(1, -1).join("\n") };
}

/**
 * Scenes as one SVG file that plays in a loop without a script: each frame is visible for its part of the loop. Viewers
 * that can't animate show the last frame.
 *
 * @throws ConfigError if there is no scene, one cannot be drawn, or the rate is not above 0
 */
export function animatedSvg(
  scenes: readonly Scene[],
  { width, framesPerSecond }: { width: number; framesPerSecond: number },
): string {
  checkFrames(scenes, framesPerSecond);
  const frames = scenes.map((scene) => svgFrame(scene, width));
  const seconds = (n: number): string => `${Number((n / framesPerSecond).toFixed(4))}s`;
  const clock = `<animate id="loop" attributeName="visibility" values="hidden" begin="0s;loop.end" dur="${seconds(frames.length)}"/>`;
  const groups = frames.map(({ content }, i) => {
    const last = i === frames.length - 1;
    const visible = `<set attributeName="visibility" to="visible" begin="loop.begin+${seconds(i)}" dur="${seconds(1)}"/>`;
    const hidden = `<set attributeName="visibility" to="hidden" begin="loop.begin" dur="${seconds(i)}"/>`;
    return `<g visibility="${last ? "visible" : "hidden"}">${last ? hidden : visible}${content}</g>`;
  });
  return `${[frames[0].open, `<g visibility="hidden"><rect width="0" height="0">${clock}</rect></g>`, ...groups, "</svg>"].join("\n")}\n`;
}

/** Checks what every animation needs. @throws ConfigError */
export function checkFrames(scenes: readonly Scene[], framesPerSecond: number): void {
  if (scenes.length === 0) throw new ConfigError({ field: "scenes", given: scenes, allowed: "at least one" });
  if (!(framesPerSecond > 0 && framesPerSecond < Infinity))
    throw new ConfigError({ field: "framesPerSecond", given: framesPerSecond, allowed: "a finite number above 0" });
}
