import { cos, sin } from "../../../kernels/maths.js";
import { massProperties, type Polygon } from "./polygon.js";

/**
 * A rigid plate. Position and velocity are those of its centre of mass, in metres and seconds; angles are in radians,
 * anticlockwise. All bodies have the same shape of object with plain number fields, because inner loops read and write
 * them.
 */
export interface Body {
  readonly polygon: Polygon;
  readonly inverseMass: number;
  readonly inverseInertia: number;
  /** The centre of mass in the body's frame. */
  readonly centreX: number;
  readonly centreY: number;
  /** The distance from the centre of mass to the farthest corner. */
  readonly radius: number;
  /** The friction of its contacts with the ground. */
  readonly friction: number;
  x: number;
  y: number;
  angle: number;
  /** The sine and the cosine of `angle`. */
  sin: number;
  cos: number;
  vx: number;
  vy: number;
  spin: number;
  /** The force during the coming step. */
  forceX: number;
  forceY: number;
  torque: number;
  /** The position at the start of the step or at its last impact. */
  fromX: number;
  fromY: number;
  fromAngle: number;
  /** The time of that position as a fraction of the step, from 0 to 1. */
  fromTime: number;
  /** The number of steps for which it has hardly moved. */
  stillFor: number;
  /** Whether the latest change among its contacts was that one began. */
  grounded: boolean;
  /** Whether it has ever touched the ground. */
  hasTouched: boolean;
  /** Its current corners and normals in the world; see `outline`. */
  readonly cornerX: Float64Array;
  readonly cornerY: Float64Array;
  readonly normalX: Float64Array;
  readonly normalY: Float64Array;
}

export function rigidBody(shape: Polygon, { density, friction }: { density: number; friction: number }): Body {
  const { mass, centreX, centreY, inertia } = massProperties(shape, density);
  const distances = Array.from(shape.x, (x, i) => Math.sqrt((x - centreX) ** 2 + (shape.y[i] - centreY) ** 2));
  return {
    polygon: shape,
    inverseMass: 1 / mass,
    inverseInertia: 1 / inertia,
    centreX,
    centreY,
    radius: distances.reduce((a, b) => Math.max(a, b)),
    friction,
    x: 0,
    y: 0,
    angle: 0,
    sin: 0,
    cos: 1,
    vx: 0,
    vy: 0,
    spin: 0,
    forceX: 0,
    forceY: 0,
    torque: 0,
    fromX: 0,
    fromY: 0,
    fromAngle: 0,
    fromTime: 0,
    stillFor: 0,
    grounded: false,
    hasTouched: false,
    cornerX: new Float64Array(shape.corners),
    cornerY: new Float64Array(shape.corners),
    normalX: new Float64Array(shape.corners),
    normalY: new Float64Array(shape.corners),
  };
}

/** Puts the origin of the body's frame at (x, y), at rest and without contacts. */
export function place(body: Body, x: number, y: number, angle: number): void {
  turnTo(body, angle);
  body.x = x + body.cos * body.centreX - body.sin * body.centreY;
  body.y = y + body.sin * body.centreX + body.cos * body.centreY;
  halt(body);
  body.forceX = 0;
  body.forceY = 0;
  body.torque = 0;
  body.stillFor = 0;
  body.grounded = false;
  body.hasTouched = false;
}

export function halt(body: Body): void {
  body.vx = 0;
  body.vy = 0;
  body.spin = 0;
}

export function turnTo(body: Body, angle: number): void {
  body.angle = angle;
  body.sin = sin(angle);
  body.cos = cos(angle);
}

/** The world coordinates of the origin of the body's frame. */
export function originX(body: Body): number {
  return body.x - (body.cos * body.centreX - body.sin * body.centreY);
}
export function originY(body: Body): number {
  return body.y - (body.sin * body.centreX + body.cos * body.centreY);
}

/** Applies an impulse (px, py), in newton seconds, at the point (x, y) of the world. */
export function push(body: Body, px: number, py: number, x: number, y: number): void {
  body.vx += body.inverseMass * px;
  body.vy += body.inverseMass * py;
  body.spin += body.inverseInertia * ((x - body.x) * py - (y - body.y) * px);
}

/** Computes the corners and normals in the world from the body's position. */
export function outline(body: Body): void {
  const { polygon, sin: s, cos: c, cornerX, cornerY, normalX, normalY } = body;
  const x = body.x - (c * body.centreX - s * body.centreY);
  const y = body.y - (s * body.centreX + c * body.centreY);
  for (let i = 0; i < polygon.corners; i++) {
    cornerX[i] = x + c * polygon.x[i] - s * polygon.y[i];
    cornerY[i] = y + s * polygon.x[i] + c * polygon.y[i];
    normalX[i] = c * polygon.normalX[i] - s * polygon.normalY[i];
    normalY[i] = s * polygon.normalX[i] + c * polygon.normalY[i];
  }
}
