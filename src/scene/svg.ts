import { ConfigError } from "../errors.js";
import { type Placement, placement } from "./placement.js";
import type { Point, Scene, SceneShape } from "./scene.js";
import { checkScene } from "./scene-fault.js";
import { decimal, escapeXml } from "./xml.js";

const FONT = "ui-sans-serif,system-ui,sans-serif";
const ANCHORS = { left: "start", centre: "middle", right: "end" } as const;

/**
 * A scene as a self-contained `<svg>` element, `width` pixels wide; its height follows from the proportions of the
 * view. The same scene always gives the same text.
 *
 * @throws ConfigError if the width is not above 0 or the scene cannot be drawn
 */
export function toSvg(scene: Scene, { width }: { width: number }): string {
  if (!(width > 0 && width < Infinity))
    throw new ConfigError({ field: "width", given: width, allowed: "pixels above 0" });
  checkScene(scene);
  const { left, right, bottom, top } = scene.view;
  const height = (width * (top - bottom)) / (right - left);
  const at = placement(scene.view, width, height);
  const size = `width="${decimal(width)}" height="${decimal(height)}" viewBox="0 0 ${decimal(width)} ${decimal(height)}"`;
  const ground =
    scene.background === undefined ? [] : [`<rect width="100%" height="100%" fill="${scene.background}"/>`];
  const open = `<svg xmlns="http://www.w3.org/2000/svg" ${size} stroke-linecap="round" stroke-linejoin="round">`;
  return [open, ...ground, ...scene.shapes.map((shape) => element(shape, at)), "</svg>"].join("\n");
}

function element(shape: SceneShape, { measure, place }: Placement): string {
  const points = (corners: readonly Point[]): string =>
    corners.map((point) => place(point).map(decimal).join(",")).join(" ");
  const paint = ({ fill, stroke, width }: { fill?: string; stroke?: string; width?: number }): string =>
    `fill="${fill ?? "none"}"${stroke === undefined ? "" : ` stroke="${stroke}" stroke-width="${decimal(width === undefined ? 1 : measure(width))}"`}`;
  switch (shape.kind) {
    case "polygon":
      return `<polygon points="${points(shape.points)}" ${paint(shape)}/>`;
    case "line":
      return `<polyline points="${points(shape.points)}" ${paint(shape)}/>`;
    case "circle": {
      const [x, y] = place(shape.centre).map(decimal);
      return `<circle cx="${x}" cy="${y}" r="${decimal(measure(shape.radius))}" ${paint(shape)}/>`;
    }
    case "text": {
      const [x, y] = place(shape.at).map(decimal);
      const font = `font-family="${FONT}" font-size="${decimal(measure(shape.size))}"`;
      const anchor = ANCHORS[shape.align ?? "left"];
      return `<text x="${x}" y="${y}" ${font} text-anchor="${anchor}" fill="${shape.fill}">${escapeXml(shape.text)}</text>`;
    }
  }
}
