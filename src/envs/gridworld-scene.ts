import type { Colour, Scene, SceneShape } from "../scene/scene.js";
import { rectangle } from "./shapes.js";

const FLOORS: Readonly<Record<string, Colour>> = { "#": "#4b5563", G: "#86c991", X: "#d97b6c", S: "#e8eef7" };

/** The cells of a grid, row by row from the top, with the walker in cell number `state`. */
export function drawGrid(grid: readonly string[], state: number): Scene {
  const rows = grid.length;
  const columns = grid[0].length;
  const cells = grid.flatMap((line, row) => Array.from(line, (cell, x) => ({ cell, x, y: rows - 1 - row })));
  const floors = cells.map(
    ({ cell, x, y }): SceneShape => ({
      kind: "polygon",
      points: rectangle(x, y, x + 1, y + 1),
      fill: FLOORS[cell] ?? "#fafafa",
      stroke: "#9ca3af",
      width: 0.03,
    }),
  );
  const names = cells
    .filter(({ cell }) => "SGX".includes(cell))
    .map(
      ({ cell, x, y }): SceneShape => ({
        kind: "text",
        at: [x + 0.08, y + 0.74],
        text: cell,
        size: 0.24,
        fill: "#374151",
        align: "left",
      }),
    );
  const centre = [(state % columns) + 0.5, rows - 0.5 - Math.floor(state / columns)] as const;
  const walker: SceneShape = { kind: "circle", centre, radius: 0.26, fill: "#3b82c4" };
  const shapes = [...floors, ...names, walker];
  return { view: { left: 0, right: columns, bottom: 0, top: rows }, background: "#fafafa", shapes };
}
