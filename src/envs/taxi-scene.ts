import type { Colour, Point, Scene, SceneShape } from "../scene/scene.js";
import { rectangle, turned } from "./shapes.js";
import { IN_TAXI, MAP, SIZE, STOPS, type TaxiState } from "./taxi-map.js";

const STOP_COLOURS: readonly Colour[] = ["#e57373", "#81c784", "#fff176", "#64b5f6"];
const STOP_NAMES = ["R", "G", "Y", "B"] as const;

/** The angle of each heading: south, north, east, west. */
const ANGLES = [-Math.PI / 2, Math.PI / 2, 0, Math.PI] as const;

/** The town of five by five squares with its walls, the four stops, the passenger, the destination and the cab. */
export function drawTaxi({ row, column, passenger, destination }: TaxiState, heading: number): Scene {
  const shapes: SceneShape[] = [
    { kind: "polygon", points: rectangle(0, 0, SIZE, SIZE), fill: "#d9d9d4", stroke: "#4a4a4a", width: 0.1 },
  ];
  for (let line = 1; line < SIZE; line++) {
    shapes.push({
      kind: "line",
      points: [
        [0, line],
        [SIZE, line],
      ],
      stroke: "#c4c4be",
      width: 0.02,
    });
    shapes.push({
      kind: "line",
      points: [
        [line, 0],
        [line, SIZE],
      ],
      stroke: "#c4c4be",
      width: 0.02,
    });
  }
  STOPS.forEach(([stopRow, x], stop) => {
    const y = SIZE - 1 - stopRow;
    shapes.push({
      kind: "polygon",
      points: rectangle(x + 0.04, y + 0.04, x + 0.96, y + 0.96),
      fill: STOP_COLOURS[stop],
    });
    shapes.push({
      kind: "text",
      at: [x + 0.1, y + 0.74],
      text: STOP_NAMES[stop],
      size: 0.2,
      fill: "#4a4a4a",
      align: "left",
    });
    if (stop === destination) {
      const edge = rectangle(x + 0.08, y + 0.08, x + 0.92, y + 0.92);
      shapes.push({ kind: "polygon", points: edge, stroke: "#8e24aa", width: 0.08 });
    }
  });
  MAP.forEach((line, mapRow) => {
    const y = SIZE - 1 - mapRow;
    for (let x = 1; x < SIZE; x++) {
      if (line[2 * x - 1] === "|")
        shapes.push({
          kind: "line",
          points: [
            [x, y],
            [x, y + 1],
          ],
          stroke: "#4a4a4a",
          width: 0.1,
        });
    }
  });
  if (passenger !== IN_TAXI) {
    const [stopRow, x] = STOPS[passenger];
    shapes.push(...person([x + 0.72, SIZE - 1 - stopRow + 0.3]));
  }
  shapes.push(...cab([column + 0.5, SIZE - 1 - row + 0.5], ANGLES[heading], passenger === IN_TAXI));
  return { view: { left: -0.1, right: SIZE + 0.1, bottom: -0.1, top: SIZE + 0.1 }, background: "#fafaf6", shapes };
}

function person([x, y]: Point): SceneShape[] {
  return [
    {
      kind: "polygon",
      points: [
        [x - 0.11, y - 0.2],
        [x + 0.11, y - 0.2],
        [x, y + 0.1],
      ],
      fill: "#5e35b1",
    },
    { kind: "circle", centre: [x, y + 0.12], radius: 0.09, fill: "#f3c9a5" },
  ];
}

function cab(at: Point, angle: number, full: boolean): SceneShape[] {
  const place = (point: Point): Point => turned(point, angle, at);
  const part = (left: number, bottom: number, right: number, top: number): Point[] =>
    rectangle(left, bottom, right, top).map(place);
  const wheels = [
    [-0.22, -0.2],
    [0.2, -0.2],
    [-0.22, 0.2],
    [0.2, 0.2],
  ] as const;
  return [
    ...wheels.map(
      ([x, y]): SceneShape => ({
        kind: "polygon",
        points: part(x - 0.07, y - 0.05, x + 0.07, y + 0.05),
        fill: "#333333",
      }),
    ),
    { kind: "polygon", points: part(-0.36, -0.2, 0.36, 0.2), fill: "#fbc02d", stroke: "#a67c00" },
    { kind: "polygon", points: part(0.08, -0.15, 0.2, 0.15), fill: "#b3e5fc" },
    { kind: "polygon", points: part(-0.28, -0.14, -0.18, 0.14), fill: "#b3e5fc" },
    { kind: "circle", centre: place([-0.05, 0]), radius: 0.09, fill: full ? "#5e35b1" : "#fdd835" },
  ];
}
