import type { Edge } from "./ground.js";
import type { Body } from "./rigid-body.js";

/** One of at most two points at which a body rests on an edge. */
export interface ContactPoint {
  /** Identifies the corners and sides that made the point, so that the next step finds it again. */
  feature: number;
  /** In the body's frame (from its centre of mass) if the face is the ground's, else in the world. */
  x: number;
  y: number;
  /** Impulses along the normal and the tangent in the current step or, before it is solved, in the last. */
  normalImpulse: number;
  tangentImpulse: number;
  /** From the centre of mass to the point, in the world. */
  armX: number;
  armY: number;
  /** The inverse of the effective mass in the two directions, and its inverse. */
  normalMass: number;
  tangentMass: number;
}

/**
 * A body and an edge, and how they touch. The *face* is the flat side of the two: the ground's, or one of the body's.
 * The points lie on the other one. Their distance from the plane of the face is the separation.
 */
export interface Contact {
  readonly body: Body;
  readonly edge: Edge;
  /** √(μ₁ μ₂) */
  readonly friction: number;
  /** The number of `points` in use; 0 if the two do not touch. */
  count: number;
  touching: boolean;
  faceIsGround: boolean;
  /** A point of the face's plane and its outward normal, in the world or in the body's frame, as for the points. */
  planeX: number;
  planeY: number;
  planeNormalX: number;
  planeNormalY: number;
  readonly points: readonly [ContactPoint, ContactPoint];
  /** The direction in which the ground pushes the body, in the world. */
  normalX: number;
  normalY: number;
  /** The number of points that are solved: one of two if they nearly coincide. */
  solved: number;
  /** The coupling K of two points: the change of both speeds by an impulse at one of them. */
  k11: number;
  k12: number;
  k22: number;
  /** The change of the impulses in the last round. */
  change: number;
  /** The number of impacts of the body on the edge in this step. */
  impacts: number;
  /** Set if the contact did not touch at its impact; it is then skipped for the rest of the step. */
  ignored: boolean;
}

export function contact(body: Body, edge: Edge): Contact {
  return {
    body,
    edge,
    friction: Math.sqrt(body.friction * edge.friction),
    count: 0,
    touching: false,
    faceIsGround: true,
    planeX: 0,
    planeY: 0,
    planeNormalX: 0,
    planeNormalY: 0,
    points: [contactPoint(), contactPoint()],
    normalX: 0,
    normalY: 0,
    solved: 0,
    k11: 0,
    k12: 0,
    k22: 0,
    change: 0,
    impacts: 0,
    ignored: false,
  };
}

function contactPoint(): ContactPoint {
  return {
    feature: 0,
    x: 0,
    y: 0,
    normalImpulse: 0,
    tangentImpulse: 0,
    armX: 0,
    armY: 0,
    normalMass: 0,
    tangentMass: 0,
  };
}
