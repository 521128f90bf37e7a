import type { Scene, SceneShape } from "../scene/scene.js";
import type { Board } from "./board.js";

/** A board with its stones: crosses and rings on paper, or discs behind a grid where stones fall. */
export function drawBoard({ rows, columns, falling }: Board, cells: string): Scene {
  const shapes: SceneShape[] = falling ? [] : lines(rows, columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const stone = cells[row * columns + column];
      const x = column + 0.5;
      const y = rows - row - 0.5;
      if (falling) {
        const fill = stone === "X" ? "#d9472b" : stone === "O" ? "#f2c230" : "#eaf0f8";
        shapes.push({ kind: "circle", centre: [x, y], radius: 0.4, fill });
      } else if (stone === "X") shapes.push(...cross(x, y));
      else if (stone === "O")
        shapes.push({ kind: "circle", centre: [x, y], radius: 0.28, stroke: "#1f6feb", width: 0.1 });
    }
  }
  const background = falling ? "#2f5d9b" : "#fafafa";
  return { view: { left: 0, right: columns, bottom: 0, top: rows }, background, shapes };
}

function lines(rows: number, columns: number): SceneShape[] {
  const shapes: SceneShape[] = [];
  const line = (from: readonly [number, number], to: readonly [number, number]): number =>
    shapes.push({ kind: "line", points: [from, to], stroke: "#9ca3af", width: 0.05 });
  for (let x = 1; x < columns; x++) line([x, 0.1], [x, rows - 0.1]);
  for (let y = 1; y < rows; y++) line([0.1, y], [columns - 0.1, y]);
  return shapes;
}

function cross(x: number, y: number): SceneShape[] {
  const stroke = (dx: number, dy: number): SceneShape => ({
    kind: "line",
    points: [
      [x - dx, y - dy],
      [x + dx, y + dy],
    ],
    stroke: "#c2410c",
    width: 0.1,
  });
  return [stroke(0.27, 0.27), stroke(0.27, -0.27)];
}
