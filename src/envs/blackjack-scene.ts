import type { Colour, Point, Scene, SceneShape } from "../scene/scene.js";
import { rectangle } from "./shapes.js";

/** The table as the player sees it: one open and one hidden card of the dealer, and the player's own sum. */
export interface Hands {
  readonly sum: number;
  readonly usableAce: boolean;
  /** The points of the dealer's open card, its name, and its suit: 0 clubs, 1 diamonds, 2 hearts, 3 spades. */
  readonly dealer: number;
  readonly name: string;
  readonly suit: number;
}

const INK: readonly Colour[] = ["#222222", "#c62828", "#c62828", "#222222"];

export function drawTable({ sum, usableAce, dealer, name, suit }: Hands): Scene {
  const label = (text: string, at: Point, size: number): SceneShape => ({
    kind: "text",
    at,
    text,
    size,
    fill: "#33491f",
    align: "centre",
  });
  return {
    view: { left: 0, right: 10, bottom: 0, top: 10 },
    background: "#c4d89e",
    shapes: [
      label(`Dealer: ${dealer}`, [5, 9.1], 0.6),
      ...openCard([2.2, 5.2], name, suit),
      ...hiddenCard([5.4, 5.2]),
      label("Player", [5, 3.9], 0.6),
      label(String(sum), [5, 2.1], 1.6),
      ...(usableAce ? [label("usable ace", [5, 1.1], 0.5)] : []),
    ],
  };
}

function openCard([x, y]: Point, name: string, suit: number): SceneShape[] {
  const ink = INK[suit];
  return [
    { kind: "polygon", points: rectangle(x, y, x + 2.4, y + 3.4), fill: "#ffffff", stroke: "#555555", width: 0.06 },
    { kind: "text", at: [x + 0.25, y + 2.65], text: name, size: 0.6, fill: ink, align: "left" },
    { kind: "text", at: [x + 2.15, y + 0.25], text: name, size: 0.6, fill: ink, align: "right" },
    ...suitMark([x + 1.2, y + 1.7], suit),
  ];
}

function hiddenCard([x, y]: Point): SceneShape[] {
  const weave = [0.6, 1.2, 1.8].map(
    (at): SceneShape => ({
      kind: "line",
      points: [
        [x + at, y + 0.25],
        [x + at, y + 3.15],
      ],
      stroke: "#7986cb",
      width: 0.08,
    }),
  );
  return [
    { kind: "polygon", points: rectangle(x, y, x + 2.4, y + 3.4), fill: "#ffffff", stroke: "#555555", width: 0.06 },
    { kind: "polygon", points: rectangle(x + 0.2, y + 0.2, x + 2.2, y + 3.2), fill: "#3949ab" },
    ...weave,
  ];
}

/** A mark for clubs, diamonds, hearts or spades, about one unit high. */
function suitMark([x, y]: Point, suit: number): SceneShape[] {
  const fill = INK[suit];
  const dot = (dx: number, dy: number): SceneShape => ({
    kind: "circle",
    centre: [x + dx, y + dy],
    radius: 0.28,
    fill,
  });
  const shape = (...points: Point[]): SceneShape => ({
    kind: "polygon",
    points: points.map(([px, py]) => [x + px, y + py]),
    fill,
  });
  const stalk = shape([-0.2, -0.6], [0.2, -0.6], [0, 0]);
  switch (suit) {
    case 0:
      return [stalk, dot(0, 0.3), dot(-0.3, -0.1), dot(0.3, -0.1)];
    case 1:
      return [shape([0, 0.65], [0.45, 0], [0, -0.65], [-0.45, 0])];
    case 2:
      return [dot(-0.25, 0.2), dot(0.25, 0.2), shape([-0.51, 0.08], [0.51, 0.08], [0, -0.6])];
    default:
      return [stalk, dot(-0.25, -0.1), dot(0.25, -0.1), shape([-0.51, 0.02], [0.51, 0.02], [0, 0.65])];
  }
}
