import type { Scene, SceneShape } from "../scene/scene.js";

/** What a table of cards shows. */
export interface CardTable {
  /** The names of both hands, `?` for one that is hidden; shorter before the cards are dealt. */
  readonly hands: readonly string[];
  /** The open card, if there is one. */
  readonly board?: string | undefined;
  /** What both players have done, in order. */
  readonly moves: readonly string[];
  /** What each player has put in, if the game counts it. */
  readonly stakes?: readonly number[] | undefined;
}

/** Two hands, the open card between them, and the moves so far. */
export function drawCards({ hands, board, moves, stakes }: CardTable): Scene {
  const shapes: SceneShape[] = [];
  const write = (text: string, x: number, y: number, size: number): number =>
    shapes.push({ kind: "text", at: [x, y], text, size, fill: "#374151", align: "centre" });
  for (const seat of [0, 1]) {
    const x = seat === 0 ? -2.4 : 2.4;
    if (hands.length > seat) shapes.push(...card(hands[seat], x));
    const stake = stakes === undefined ? "" : `: ${stakes[seat]}`;
    write((seat === 0 ? "first" : "second") + stake, x, 1.5, 0.35);
  }
  if (board !== undefined) shapes.push(...card(board, 0));
  if (moves.length > 0) write(moves.join(", "), 0, -1.75, 0.32);
  return { view: { left: -4, right: 4, bottom: -2, top: 2 }, background: "#eef5ee", shapes };
}

function card(name: string, x: number): SceneShape[] {
  const hidden = name === "?";
  const corners = [
    [x - 0.7, -1],
    [x + 0.7, -1],
    [x + 0.7, 1],
    [x - 0.7, 1],
  ] as const;
  return [
    { kind: "polygon", points: corners, fill: hidden ? "#8aa1c1" : "#ffffff", stroke: "#374151", width: 0.05 },
    {
      kind: "text",
      at: [x, -0.3],
      text: name,
      size: 0.9,
      fill: hidden ? "#ffffff" : "#111827",
      align: "centre",
    },
  ];
}
