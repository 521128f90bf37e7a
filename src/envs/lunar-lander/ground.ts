/** A straight piece of ground, which contacts may strike from above or below. */
export interface Edge {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** Unit normal on its left: upwards where it runs to the right. */
  readonly normalX: number;
  readonly normalY: number;
  readonly friction: number;
}

export function edge(
  [x1, y1]: readonly [x: number, y: number],
  [x2, y2]: readonly [x: number, y: number],
  friction: number,
): Edge {
  const length = Math.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
  return { x1, y1, x2, y2, normalX: -(y2 - y1) / length, normalY: (x2 - x1) / length, friction };
}
