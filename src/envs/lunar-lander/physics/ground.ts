/** A straight piece of ground. Contacts can meet it from above or below. */
export interface Edge {
  readonly friction: number;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  /** The unit normal on the left of the edge: upwards if the edge runs to the right. */
  normalX: number;
  normalY: number;
}

export function edge(friction: number): Edge {
  return { friction, x1: 0, y1: 0, x2: 0, y2: 0, normalX: 0, normalY: 1 };
}

export function lay(
  edge: Edge,
  [x1, y1]: readonly [x: number, y: number],
  [x2, y2]: readonly [x: number, y: number],
): void {
  const length = Math.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
  edge.x1 = x1;
  edge.y1 = y1;
  edge.x2 = x2;
  edge.y2 = y2;
  edge.normalX = -(y2 - y1) / length;
  edge.normalY = (x2 - x1) / length;
}
