import type { Edge } from "./ground.js";
import type { Body } from "./rigid-body.js";

/** One of at most two points where a body rests on an edge. */
export interface ContactPoint {
  /** Which corners and sides made it: by this it is found again in the next step. */
  feature: number;
  /** In the frame of the body (measured from its centre of mass) if the face is the ground's, else in the world. */
  x: number;
  y: number;
  /** Impulses along the normal and along the tangent, in the present step or, before it, the last. */
  normalImpulse: number;
  tangentImpulse: number;
  /** From the centre of mass to the point, in the world. */
  armX: number;
  armY: number;
  /** 1 / effective mass along the two directions, and its inverse. */
  normalMass: number;
  tangentMass: number;
}

/**
 * A body and an edge, and how they touch. The *face* is the flat side of the two: the ground's, or one of the body's. The
 * points lie on the other one; how far they are from the face's plane is the separation.
 */
export interface Contact {
  readonly body: Body;
  readonly edge: Edge;
  /** √(μ₁ μ₂) */
  readonly friction: number;
  /** How many of `points` there are: 0 where the two don't touch. */
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
  /** How many of the points are solved for: one of two where they are nearly the same. */
  solved: number;
  /** The coupling K of two points: what an impulse at one changes in the speeds of both. */
  k11: number;
  k12: number;
  k22: number;
  /** How much the last round changed the impulses. */
  change: number;
  /** How often the body struck the edge in this step. */
  impacts: number;
  /** Found not to touch at its impact: not asked again in this step. */
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
