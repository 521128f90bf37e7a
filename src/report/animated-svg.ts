import { toSvg } from "../scene/index.js";
import type { Scene } from "../scene/scene.js";

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
 */
export function animatedSvg(
  scenes: readonly Scene[],
  { width, framesPerSecond }: { width: number; framesPerSecond: number },
): string {
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
