import type { Scene, SceneShape } from "../scene/scene.js";
import { rectangle } from "./shapes.js";

/** The lake with its holes, the gift at the goal, and the elf, or only the hat if the elf has fallen in. */
export function drawLake(lake: readonly string[], state: number): Scene {
  const rows = lake.length;
  const columns = lake[0].length;
  const shapes: SceneShape[] = [];
  lake.forEach((line, row) => {
    const y = rows - 1 - row;
    for (const [x, letter] of Array.from(line).entries()) {
      shapes.push({ kind: "polygon", points: rectangle(x, y, x + 1, y + 1), fill: "#dceffa", stroke: "#b4c8e6" });
      if (letter === "H") {
        shapes.push({ kind: "circle", centre: [x + 0.5, y + 0.47], radius: 0.38, fill: "#8fb6d9" });
        shapes.push({ kind: "circle", centre: [x + 0.5, y + 0.44], radius: 0.33, fill: "#1f4e79" });
      } else if (letter === "S") {
        shapes.push({ kind: "text", at: [x + 0.08, y + 0.74], text: "S", size: 0.2, fill: "#5b7fa6", align: "left" });
      } else if (letter === "G") {
        shapes.push(...gift(x, y));
      } else if ((3 * x + 5 * row) % 7 < 2) {
        const crack = [
          [x + 0.2, y + 0.7],
          [x + 0.4, y + 0.6],
          [x + 0.45, y + 0.4],
          [x + 0.7, y + 0.3],
        ] as const;
        shapes.push({ kind: "line", points: crack, stroke: "#b9d3e8", width: 0.02 });
      }
    }
  });
  const x = state % columns;
  const y = rows - 1 - Math.floor(state / columns);
  const sunk = lake[Math.floor(state / columns)][x] === "H";
  shapes.push(...(sunk ? hat(x, y - 0.35) : elf(x, y)));
  return { view: { left: 0, right: columns, bottom: 0, top: rows }, background: "#dceffa", shapes };
}

function gift(x: number, y: number): SceneShape[] {
  return [
    { kind: "polygon", points: rectangle(x + 0.22, y + 0.15, x + 0.78, y + 0.62), fill: "#d84343" },
    { kind: "polygon", points: rectangle(x + 0.45, y + 0.15, x + 0.55, y + 0.62), fill: "#ffd54f" },
    { kind: "polygon", points: rectangle(x + 0.18, y + 0.52, x + 0.82, y + 0.66), fill: "#b83232" },
    { kind: "circle", centre: [x + 0.42, y + 0.72], radius: 0.08, fill: "#ffd54f" },
    { kind: "circle", centre: [x + 0.58, y + 0.72], radius: 0.08, fill: "#ffd54f" },
  ];
}

function hat(x: number, y: number): SceneShape[] {
  const cone = [
    [x + 0.34, y + 0.66],
    [x + 0.66, y + 0.66],
    [x + 0.56, y + 0.94],
  ] as const;
  return [
    { kind: "polygon", points: cone, fill: "#2e7d32" },
    { kind: "circle", centre: [x + 0.56, y + 0.93], radius: 0.04, fill: "#ffffff" },
  ];
}

function elf(x: number, y: number): SceneShape[] {
  return [
    {
      kind: "polygon",
      points: [
        [x + 0.3, y + 0.12],
        [x + 0.7, y + 0.12],
        [x + 0.5, y + 0.55],
      ],
      fill: "#388e3c",
    },
    { kind: "circle", centre: [x + 0.5, y + 0.56], radius: 0.16, fill: "#f3c9a5" },
    { kind: "circle", centre: [x + 0.44, y + 0.57], radius: 0.02, fill: "#333333" },
    { kind: "circle", centre: [x + 0.56, y + 0.57], radius: 0.02, fill: "#333333" },
    ...hat(x, y),
  ];
}
