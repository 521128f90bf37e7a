/**
 * A convex polygon in the frame of its body: corners anticlockwise, and the outward normal of each side, corner to
 * next.
 */
export interface Polygon {
  readonly corners: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly normalX: Float64Array;
  readonly normalY: Float64Array;
}

/** The mass of a plate of this outline, its centre of mass, and its moment of inertia about it. */
export interface MassProperties {
  readonly mass: number;
  readonly centreX: number;
  readonly centreY: number;
  readonly inertia: number;
}

export function polygon(points: readonly (readonly [x: number, y: number])[]): Polygon {
  const corners = points.length;
  const x = Float64Array.from(points, (point) => point[0]);
  const y = Float64Array.from(points, (point) => point[1]);
  const normalX = new Float64Array(corners);
  const normalY = new Float64Array(corners);
  for (let i = 0; i < corners; i++) {
    const next = (i + 1) % corners;
    const alongX = x[next] - x[i];
    const alongY = y[next] - y[i];
    const length = Math.sqrt(alongX * alongX + alongY * alongY);
    normalX[i] = alongY / length;
    normalY[i] = -alongX / length;
  }
  return { corners, x, y, normalX, normalY };
}

/**
 * Sums over the triangles between the origin and each side (p, q), where p × q is twice the area:
 *
 *   m = ρ/2 Σ p×q        c = ρ/6m Σ p×q (p + q)        I = ρ/12 Σ p×q (p·p + p·q + q·q) − m c·c
 */
export function massProperties({ corners, x, y }: Polygon, density: number): MassProperties {
  let twiceArea = 0;
  let momentX = 0;
  let momentY = 0;
  let second = 0;
  for (let i = 0; i < corners; i++) {
    const next = (i + 1) % corners;
    const cross = x[i] * y[next] - y[i] * x[next];
    twiceArea += cross;
    momentX += cross * (x[i] + x[next]);
    momentY += cross * (y[i] + y[next]);
    second +=
      cross * (x[i] * x[i] + y[i] * y[i] + x[i] * x[next] + y[i] * y[next] + x[next] * x[next] + y[next] * y[next]);
  }
  const mass = (density * twiceArea) / 2;
  const centreX = momentX / (3 * twiceArea);
  const centreY = momentY / (3 * twiceArea);
  const inertia = (density * second) / 12 - mass * (centreX * centreX + centreY * centreY);
  return { mass, centreX, centreY, inertia };
}
