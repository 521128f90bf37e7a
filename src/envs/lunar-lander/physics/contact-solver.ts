/**
 * Contacts as constraints, first on velocities, then on positions. Sequential impulses: each contact in turn takes the
 * impulse that its current velocities require, and the bounds apply to the accumulated impulse.
 *
 *   normal    λₙ ≥ 0,  vₙ ≥ 0,  λₙ vₙ = 0            tangent    |λₜ| ≤ μ λₙ,  λₜ ← λₜ − mₜ vₜ
 *   1 / mₙ = 1/m + (r × n)² / I
 *
 * Erin Catto, Iterative Dynamics with Temporal Coherence (2005). Here the ground does not move, and nothing bounces.
 */

import type { Contact, ContactPoint } from "./contact.js";
import { type Body, turnTo } from "./rigid-body.js";
import { LINEAR_SLOP, MAX_LINEAR_CORRECTION, SKINS } from "./tolerances.js";

/** Two points count as one if they are so close that k₁₁² exceeds this many times the determinant. */
const MAX_CONDITION = 1000;

/** Computes arms, masses and couplings from the position of the body. */
export function prepareContact(contact: Contact): void {
  const { body, points } = contact;
  const { sin: s, cos: c, inverseMass, inverseInertia } = body;
  const { faceIsGround: ground } = contact;
  const px = contact.planeX;
  const py = contact.planeY;
  const nx = contact.planeNormalX;
  const ny = contact.planeNormalY;
  const outX = ground ? nx : c * nx - s * ny;
  const outY = ground ? ny : s * nx + c * ny;
  const planeX = ground ? px : body.x + c * px - s * py;
  const planeY = ground ? py : body.y + s * px + c * py;
  contact.normalX = ground ? outX : -outX;
  contact.normalY = ground ? outY : -outY;
  for (let k = 0; k < contact.count; k++) {
    const point = points[k];
    const x = ground ? body.x + c * point.x - s * point.y : point.x;
    const y = ground ? body.y + s * point.x + c * point.y : point.y;
    // The contact is half-way between the point and the plane.
    const half = ((x - planeX) * outX + (y - planeY) * outY) / 2;
    point.armX = x - half * outX - body.x;
    point.armY = y - half * outY - body.y;
    const acrossNormal = point.armX * contact.normalY - point.armY * contact.normalX;
    const acrossTangent = -point.armX * contact.normalX - point.armY * contact.normalY;
    point.normalMass = 1 / (inverseMass + inverseInertia * acrossNormal * acrossNormal);
    point.tangentMass = 1 / (inverseMass + inverseInertia * acrossTangent * acrossTangent);
  }
  contact.solved = contact.count;
  if (contact.count === 2) couple(contact);
}

function couple(contact: Contact): void {
  const { body, points, normalX, normalY } = contact;
  const across1 = points[0].armX * normalY - points[0].armY * normalX;
  const across2 = points[1].armX * normalY - points[1].armY * normalX;
  contact.k11 = body.inverseMass + body.inverseInertia * across1 * across1;
  contact.k12 = body.inverseMass + body.inverseInertia * across1 * across2;
  contact.k22 = body.inverseMass + body.inverseInertia * across2 * across2;
  const determinant = contact.k11 * contact.k22 - contact.k12 * contact.k12;
  if (!(contact.k11 * contact.k11 < MAX_CONDITION * determinant)) contact.solved = 1;
}

/** Starts from the impulses of the last step, which are nearly right. */
export function warmStartContact({ body, points, solved, normalX, normalY }: Contact): void {
  for (let k = 0; k < solved; k++) {
    const { normalImpulse: normal, tangentImpulse: tangent } = points[k];
    strike(body, points[k], normal * normalX + tangent * normalY, normal * normalY - tangent * normalX);
  }
}

function strike(body: Body, { armX, armY }: ContactPoint, px: number, py: number): void {
  body.vx += body.inverseMass * px;
  body.vy += body.inverseMass * py;
  body.spin += body.inverseInertia * (armX * py - armY * px);
}

/** One round over the points of a contact: first friction, then the normals. */
export function solveContact(contact: Contact): void {
  const { body, points, normalX, normalY, friction } = contact;
  contact.change = 0;
  for (let k = 0; k < contact.solved; k++) {
    const point = points[k];
    const sliding = (body.vx - body.spin * point.armY) * normalY - (body.vy + body.spin * point.armX) * normalX;
    const most = friction * point.normalImpulse;
    const wanted = point.tangentImpulse - point.tangentMass * sliding;
    const impulse = Math.max(-most, Math.min(wanted, most));
    const added = impulse - point.tangentImpulse;
    point.tangentImpulse = impulse;
    strike(body, point, added * normalY, -added * normalX);
    contact.change += Math.abs(added);
  }
  if (contact.solved === 2) solveCoupled(contact);
  else solveNormal(contact);
}

function solveNormal(contact: Contact): void {
  const { body, normalX, normalY } = contact;
  const point = contact.points[0];
  const leaving = (body.vx - body.spin * point.armY) * normalX + (body.vy + body.spin * point.armX) * normalY;
  const impulse = Math.max(point.normalImpulse - point.normalMass * leaving, 0);
  const added = impulse - point.normalImpulse;
  point.normalImpulse = impulse;
  strike(body, point, added * normalX, added * normalY);
  contact.change += Math.abs(added);
}

/**
 * Both normals at once. With q = v − K λ, the velocities without impulses, it finds λ with λ ≥ 0, v = K λ + q ≥ 0 and
 * λ · v = 0. Each point either rests or leaves; the first of the four combinations that satisfies the conditions is
 * taken.
 */
function solveCoupled(contact: Contact): void {
  const { body, points, k11, k12, k22, normalX, normalY } = contact;
  const [one, two] = points;
  const leaving1 = (body.vx - body.spin * one.armY) * normalX + (body.vy + body.spin * one.armX) * normalY;
  const leaving2 = (body.vx - body.spin * two.armY) * normalX + (body.vy + body.spin * two.armX) * normalY;
  const q1 = leaving1 - k11 * one.normalImpulse - k12 * two.normalImpulse;
  const q2 = leaving2 - k12 * one.normalImpulse - k22 * two.normalImpulse;
  const determinant = k11 * k22 - k12 * k12;
  let first = (k12 * q2 - k22 * q1) / determinant;
  let second = (k12 * q1 - k11 * q2) / determinant;
  if (!(first >= 0 && second >= 0)) {
    const alone1 = -q1 / k11;
    const alone2 = -q2 / k22;
    if (alone1 >= 0 && k12 * alone1 + q2 >= 0) {
      first = alone1;
      second = 0;
    } else if (alone2 >= 0 && k12 * alone2 + q1 >= 0) {
      first = 0;
      second = alone2;
    } else if (q1 >= 0 && q2 >= 0) {
      first = 0;
      second = 0;
    } else {
      return;
    }
  }
  const added1 = first - one.normalImpulse;
  const added2 = second - two.normalImpulse;
  one.normalImpulse = first;
  two.normalImpulse = second;
  strike(body, one, added1 * normalX, added1 * normalY);
  strike(body, two, added2 * normalX, added2 * normalY);
  contact.change += Math.abs(added1) + Math.abs(added2);
}

/** Moves the body out of the ground by a `share` of the overlap, point by point. Returns the least separation found. */
export function correctContact(contact: Contact, share: number): number {
  const { body, points, faceIsGround: ground } = contact;
  const { inverseMass, inverseInertia } = body;
  const px = contact.planeX;
  const py = contact.planeY;
  const nx = contact.planeNormalX;
  const ny = contact.planeNormalY;
  let least = 0;
  for (let k = 0; k < contact.count; k++) {
    const point = points[k];
    const { sin: s, cos: c } = body;
    const outX = ground ? nx : c * nx - s * ny;
    const outY = ground ? ny : s * nx + c * ny;
    const planeX = ground ? px : body.x + c * px - s * py;
    const planeY = ground ? py : body.y + s * px + c * py;
    const x = ground ? body.x + c * point.x - s * point.y : point.x;
    const y = ground ? body.y + s * point.x + c * point.y : point.y;
    const separation = (x - planeX) * outX + (y - planeY) * outY - SKINS;
    least = Math.min(least, separation);
    const error = Math.max(share * (separation + LINEAR_SLOP), -MAX_LINEAR_CORRECTION);
    if (error >= 0) continue;
    const upX = ground ? outX : -outX;
    const upY = ground ? outY : -outY;
    const across = (x - body.x) * upY - (y - body.y) * upX;
    const impulse = -error / (inverseMass + inverseInertia * across * across);
    body.x += inverseMass * impulse * upX;
    body.y += inverseMass * impulse * upY;
    turnTo(body, body.angle + inverseInertia * impulse * across);
  }
  return least;
}
