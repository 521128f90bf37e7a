import { placement } from "./placement.js";
import type { Point, Scene, SceneShape } from "./scene.js";
import { checkScene } from "./scene-fault.js";

/** The part of `CanvasRenderingContext2D` that drawing uses. An OffscreenCanvas's context has it too. */
export interface Canvas2D {
  readonly canvas: { readonly width: number; readonly height: number };
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  lineCap: unknown;
  lineJoin: unknown;
  font: string;
  textAlign: unknown;
  textBaseline: unknown;
  save(): void;
  restore(): void;
  clearRect(x: number, y: number, width: number, height: number): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  closePath(): void;
  arc(x: number, y: number, radius: number, start: number, end: number): void;
  fill(): void;
  stroke(): void;
  fillText(text: string, x: number, y: number): void;
}

/** Clears the canvas and draws a scene in the middle of it, as large as fits. */
export function toCanvas(scene: Scene, context: Canvas2D): void {
  checkScene(scene);
  const { width, height } = context.canvas;
  const { measure, place } = placement(scene.view, width, height);
  context.save();
  context.clearRect(0, 0, width, height);
  if (scene.background !== undefined) {
    context.fillStyle = scene.background;
    context.fillRect(0, 0, width, height);
  }
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const shape of scene.shapes) {
    if (shape.kind === "text") write(shape);
    else {
      outline(shape);
      paint(shape);
    }
  }
  context.restore();

  function outline(shape: Exclude<SceneShape, { kind: "text" }>): void {
    context.beginPath();
    if (shape.kind === "circle") {
      const [x, y] = place(shape.centre);
      context.arc(x, y, measure(shape.radius), 0, 2 * Math.PI);
    } else {
      shape.points.forEach((point: Point, i) => {
        const [x, y] = place(point);
        if (i === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      });
      if (shape.kind === "polygon") context.closePath();
    }
  }
  function paint({ fill, stroke, width: lineWidth }: { fill?: string; stroke?: string; width?: number }): void {
    if (fill !== undefined) {
      context.fillStyle = fill;
      context.fill();
    }
    if (stroke !== undefined) {
      context.strokeStyle = stroke;
      context.lineWidth = lineWidth === undefined ? 1 : measure(lineWidth);
      context.stroke();
    }
  }
  function write({ at, text, size, fill, align = "left" }: Extract<SceneShape, { kind: "text" }>): void {
    const [x, y] = place(at);
    context.font = `${measure(size)}px ui-sans-serif, system-ui, sans-serif`;
    context.textAlign = align === "centre" ? "center" : align;
    context.textBaseline = "alphabetic";
    context.fillStyle = fill;
    context.fillText(text, x, y);
  }
}
