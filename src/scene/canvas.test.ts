import { expect, it } from "vitest";
import { type Canvas2D, toCanvas } from "./canvas.js";

/** A canvas that records every call. */
function recorder(width: number, height: number): { context: Canvas2D; told: string[] } {
  const told: string[] = [];
  const target: Record<string, unknown> = { canvas: { width, height } };
  const context = new Proxy(target, {
    get: (values, name: string) => values[name] ?? ((...given: unknown[]) => told.push(`${name}(${given.join(",")})`)),
    set(values, name: string, value) {
      told.push(`${name}=${value}`);
      values[name] = value;
      return true;
    },
  }) as unknown as Canvas2D;
  return { context, told };
}

it("every kind of shape is drawn in the middle of the canvas, as large as fits", () => {
  const { context, told } = recorder(100, 60);
  toCanvas(
    {
      view: { left: 0, right: 5, bottom: 0, top: 5 },
      background: "#ffffff",
      shapes: [
        {
          kind: "polygon",
          points: [
            [0, 0],
            [5, 0],
            [5, 5],
          ],
          fill: "#111111",
          stroke: "#222222",
          width: 0.5,
        },
        {
          kind: "line",
          points: [
            [0, 1],
            [1, 1],
          ],
          stroke: "#333333",
        },
        { kind: "circle", centre: [2.5, 2.5], radius: 1, fill: "#444444" },
        { kind: "text", at: [2.5, 5], text: "hi", size: 1, fill: "#555555", align: "centre" },
      ],
    },
    context,
  );
  expect(told).toEqual([
    "save()",
    "clearRect(0,0,100,60)",
    "fillStyle=#ffffff",
    "fillRect(0,0,100,60)",
    "lineCap=round",
    "lineJoin=round",
    "beginPath()",
    "moveTo(20,60)",
    "lineTo(80,60)",
    "lineTo(80,0)",
    "closePath()",
    "fillStyle=#111111",
    "fill()",
    "strokeStyle=#222222",
    "lineWidth=6",
    "stroke()",
    "beginPath()",
    "moveTo(20,48)",
    "lineTo(32,48)",
    "strokeStyle=#333333",
    "lineWidth=1",
    "stroke()",
    "beginPath()",
    `arc(50,30,12,0,${2 * Math.PI})`,
    "fillStyle=#444444",
    "fill()",
    "font=12px ui-sans-serif, system-ui, sans-serif",
    "textAlign=center",
    "textBaseline=alphabetic",
    "fillStyle=#555555",
    "fillText(hi,50,0)",
    "restore()",
  ]);
});

it("a browser's 2D contexts are accepted", () => {
  const draw = (context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D): void =>
    toCanvas({ view: { left: 0, right: 1, bottom: 0, top: 1 }, shapes: [] }, context);
  expect(draw).toBeTypeOf("function");
});
