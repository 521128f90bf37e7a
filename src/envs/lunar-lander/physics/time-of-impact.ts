/**
 * The time within a step at which a body comes as near to an edge as touching bodies are.
 *
 * Conservative advancement (Box2D 2.3, b2TimeOfImpact.cpp): along the direction between the closest features, find the
 * time at which the deepest point is at the target distance; then find the closest features anew. It ends when they are
 * themselves at the target distance.
 */

import { cos, sin } from "../../../kernels/maths.js";
import type { Edge } from "./ground.js";
import type { Body } from "./rigid-body.js";
import { LINEAR_SLOP, SKINS } from "./tolerances.js";

const TARGET = SKINS - 3 * LINEAR_SLOP;
const TOLERANCE = LINEAR_SLOP / 4;
const MAX_ROUNDS = 20;
const MAX_PUSHES = 8;
const MAX_ROOT_STEPS = 50;

/** The corners of the body in the world at the time under consideration. */
const cornerX = new Float64Array(8);
const cornerY = new Float64Array(8);
let poseSin = 0;
let poseCos = 1;

/**
 * The direction of the distance: between two points, along the edge's normal, or along the normal of a side of the
 * body.
 */
type Axis = "points" | "ground" | "side";
let axis: Axis = "points";
let axisX = 0;
let axisY = 0;
/** The middle of the body's side, in the body's frame. */
let middleX = 0;
let middleY = 0;
/** The deepest corner of the body, or the deepest end of the edge. */
let deepest = 0;
let deepestEnd = 0;
let closestDistance = 0;

/** The time as a fraction of the rest of the step. It is 1 if they do not meet, or have met already. */
export function timeOfImpact(body: Body, edge: Edge): number {
  let from = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    pose(body, from);
    if (overlap(body, edge)) return 1;
    findClosest(body, edge);
    if (closestDistance < TARGET + TOLERANCE) return from;
    let to = 1;
    let pushes = 0;
    for (;;) {
      pose(body, to);
      const later = deepestSeparation(body, edge);
      if (later > TARGET + TOLERANCE) return 1;
      if (later > TARGET - TOLERANCE) break;
      pose(body, from);
      const now = separation(body, edge);
      if (now < TARGET - TOLERANCE) return 1;
      if (now <= TARGET + TOLERANCE) return from;
      to = rootOf(body, edge, from, now, to, later);
      if (++pushes === MAX_PUSHES) break;
    }
    from = to;
  }
  return 1;
}

/** The time at which the deepest feature is at the target distance, by alternating secant and bisection. */
function rootOf(body: Body, edge: Edge, from: number, now: number, to: number, later: number): number {
  let low = from;
  let high = to;
  let atLow = now;
  let atHigh = later;
  for (let step = 0; step < MAX_ROOT_STEPS; step++) {
    const time = step % 2 === 1 ? low + ((TARGET - atLow) * (high - low)) / (atHigh - atLow) : (low + high) / 2;
    pose(body, time);
    const apart = separation(body, edge);
    if (Math.abs(apart - TARGET) < TOLERANCE) return time;
    if (apart > TARGET) {
      low = time;
      atLow = apart;
    } else {
      high = time;
      atHigh = apart;
    }
  }
  return to;
}

function pose(body: Body, time: number): void {
  const { polygon } = body;
  const angle = body.fromAngle + time * (body.angle - body.fromAngle);
  poseSin = sin(angle);
  poseCos = cos(angle);
  const x = body.fromX + time * (body.x - body.fromX) - (poseCos * body.centreX - poseSin * body.centreY);
  const y = body.fromY + time * (body.y - body.fromY) - (poseSin * body.centreX + poseCos * body.centreY);
  for (let i = 0; i < polygon.corners; i++) {
    cornerX[i] = x + poseCos * polygon.x[i] - poseSin * polygon.y[i];
    cornerY[i] = y + poseSin * polygon.x[i] + poseCos * polygon.y[i];
  }
}

/** Whether the two overlap: no line along the edge or along a side of the body separates them. */
function overlap({ polygon }: Body, { x1, y1, x2, y2, normalX, normalY }: Edge): boolean {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let i = 0; i < polygon.corners; i++) {
    const height = (cornerX[i] - x1) * normalX + (cornerY[i] - y1) * normalY;
    lowest = Math.min(lowest, height);
    highest = Math.max(highest, height);
    const outX = poseCos * polygon.normalX[i] - poseSin * polygon.normalY[i];
    const outY = poseSin * polygon.normalX[i] + poseCos * polygon.normalY[i];
    const first = (x1 - cornerX[i]) * outX + (y1 - cornerY[i]) * outY;
    const second = (x2 - cornerX[i]) * outX + (y2 - cornerY[i]) * outY;
    if (first > 0 && second > 0) return false;
  }
  return lowest <= 0 && highest >= 0;
}

/** Finds the closest features of two shapes that do not overlap, and the direction from one to the other. */
function findClosest({ polygon }: Body, edge: Edge): void {
  const { x1, y1, x2, y2 } = edge;
  const alongX = x2 - x1;
  const alongY = y2 - y1;
  const lengthSquared = alongX * alongX + alongY * alongY;
  let best = Infinity;
  for (let i = 0; i < polygon.corners; i++) {
    const share = ((cornerX[i] - x1) * alongX + (cornerY[i] - y1) * alongY) / lengthSquared;
    if (share > 0 && share < 1) {
      const height = (cornerX[i] - x1) * edge.normalX + (cornerY[i] - y1) * edge.normalY;
      if (height * height < best) {
        best = height * height;
        const above = height > 0;
        setAxis("ground", above ? edge.normalX : -edge.normalX, above ? edge.normalY : -edge.normalY);
      }
    } else {
      best = closerPoints(best, cornerX[i] - (share > 0 ? x2 : x1), cornerY[i] - (share > 0 ? y2 : y1));
    }
    const next = i + 1 < polygon.corners ? i + 1 : 0;
    best = closerSide(best, polygon, i, next, x1, y1);
    best = closerSide(best, polygon, i, next, x2, y2);
  }
  closestDistance = Math.sqrt(best);
}

function setAxis(kind: Axis, x: number, y: number): void {
  axis = kind;
  axisX = x;
  axisY = y;
}

function closerPoints(best: number, dx: number, dy: number): number {
  const squared = dx * dx + dy * dy;
  if (!(squared < best)) return best;
  const distance = Math.sqrt(squared);
  setAxis("points", dx / distance, dy / distance);
  return squared;
}

/** Compares the side from corner `i` with an end of the edge, if that end lies in front of the side. */
function closerSide(best: number, polygon: Body["polygon"], i: number, next: number, x: number, y: number): number {
  const alongX = cornerX[next] - cornerX[i];
  const alongY = cornerY[next] - cornerY[i];
  const dx = x - cornerX[i];
  const dy = y - cornerY[i];
  const share = dx * alongX + dy * alongY;
  const lengthSquared = alongX * alongX + alongY * alongY;
  if (!(share > 0 && share < lengthSquared)) return best;
  const across = dx * alongY - dy * alongX;
  const squared = (across * across) / lengthSquared;
  if (!(squared < best)) return best;
  setAxis("side", polygon.normalX[i], polygon.normalY[i]);
  middleX = (polygon.x[i] + polygon.x[next]) / 2;
  middleY = (polygon.y[i] + polygon.y[next]) / 2;
  return squared;
}

/** Finds the deepest corner, or end, along the axis, and returns its separation. */
function deepestSeparation(body: Body, edge: Edge): number {
  if (axis === "side") {
    const outX = poseCos * axisX - poseSin * axisY;
    const outY = poseSin * axisX + poseCos * axisY;
    deepestEnd = edge.x1 * outX + edge.y1 * outY <= edge.x2 * outX + edge.y2 * outY ? 0 : 1;
  } else {
    deepest = 0;
    let lowest = Infinity;
    for (let i = 0; i < body.polygon.corners; i++) {
      const height = cornerX[i] * axisX + cornerY[i] * axisY;
      if (height < lowest) {
        lowest = height;
        deepest = i;
      }
    }
    deepestEnd = edge.x1 * axisX + edge.y1 * axisY >= edge.x2 * axisX + edge.y2 * axisY ? 0 : 1;
  }
  return separation(body, edge);
}

function separation({ polygon }: Body, edge: Edge): number {
  const endX = deepestEnd === 0 ? edge.x1 : edge.x2;
  const endY = deepestEnd === 0 ? edge.y1 : edge.y2;
  if (axis !== "side") return (cornerX[deepest] - endX) * axisX + (cornerY[deepest] - endY) * axisY;
  const outX = poseCos * axisX - poseSin * axisY;
  const outY = poseSin * axisX + poseCos * axisY;
  const dx = middleX - polygon.x[0];
  const dy = middleY - polygon.y[0];
  const sideX = cornerX[0] + poseCos * dx - poseSin * dy;
  const sideY = cornerY[0] + poseSin * dx + poseCos * dy;
  return (endX - sideX) * outX + (endY - sideY) * outY;
}
