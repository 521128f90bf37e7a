/**
 * A hinge between two bodies, with a motor and limits to its angle.
 *
 *   point    v_b + ω_b × r_b − v_a − ω_a × r_a = 0        motor    ω_b − ω_a = motorSpeed, with at most maxTorque
 *   limit    ω_b − ω_a ≥ 0 at the lower, ≤ 0 at the upper; solved together with the point, as a 3 × 3 system
 *
 * The impulses that satisfy these are −K⁻¹ times the velocity errors (Box2D 2.3, b2RevoluteJoint.cpp).
 */

import { type Body, turnTo } from "./rigid-body.js";
import { ANGULAR_SLOP, LINEAR_SLOP, MAX_ANGULAR_CORRECTION } from "./tolerances.js";

/** The constants of a joint. */
export interface JointSettings {
  readonly a: Body;
  readonly b: Body;
  /** The hinge in the frame of each body, from its centre of mass. */
  readonly anchorAX: number;
  readonly anchorAY: number;
  readonly anchorBX: number;
  readonly anchorBY: number;
  /** The angle of b relative to a at which the joint's angle is 0. */
  readonly zero: number;
  readonly lower: number;
  readonly upper: number;
  readonly motorSpeed: number;
  readonly maxTorque: number;
}

export interface Joint {
  readonly settings: JointSettings;
  readonly a: Body;
  readonly b: Body;
  /** −1 at the lower limit, 1 at the upper, 0 between them. */
  limit: number;
  impulseX: number;
  impulseY: number;
  limitImpulse: number;
  motorImpulse: number;
  /** The impulse that the motor added in the last round, and the total change of impulses in it. */
  motorAdded: number;
  change: number;
  /** From each centre of mass to the hinge, in the world. */
  armAX: number;
  armAY: number;
  armBX: number;
  armBY: number;
  /** The inverses of the upper left 2 × 2 block of K and of all of K, both symmetric; K₁₃ and K₂₃; 1 / K₃₃. */
  point11: number;
  point12: number;
  point22: number;
  k13: number;
  k23: number;
  motorMass: number;
  full11: number;
  full12: number;
  full13: number;
  full22: number;
  full23: number;
  full33: number;
}

export function revoluteJoint(settings: JointSettings): Joint {
  return {
    settings,
    a: settings.a,
    b: settings.b,
    limit: 0,
    impulseX: 0,
    impulseY: 0,
    limitImpulse: 0,
    motorImpulse: 0,
    motorAdded: 0,
    change: 0,
    armAX: 0,
    armAY: 0,
    armBX: 0,
    armBY: 0,
    point11: 0,
    point12: 0,
    point22: 0,
    k13: 0,
    k23: 0,
    motorMass: 0,
    full11: 0,
    full12: 0,
    full13: 0,
    full22: 0,
    full23: 0,
    full33: 0,
  };
}

/** Resets the impulses and the limit to their initial state. */
export function relax(joint: Joint): void {
  joint.limit = 0;
  joint.impulseX = 0;
  joint.impulseY = 0;
  joint.limitImpulse = 0;
  joint.motorImpulse = 0;
}

/**
 * Computes arms and K from the bodies' positions and whether a limit is active, and applies the impulses of the last
 * step.
 */
export function prepareJoint(joint: Joint): void {
  const { a, b, settings } = joint;
  const armAX = a.cos * settings.anchorAX - a.sin * settings.anchorAY;
  const armAY = a.sin * settings.anchorAX + a.cos * settings.anchorAY;
  const armBX = b.cos * settings.anchorBX - b.sin * settings.anchorBY;
  const armBY = b.sin * settings.anchorBX + b.cos * settings.anchorBY;
  joint.armAX = armAX;
  joint.armAY = armAY;
  joint.armBX = armBX;
  joint.armBY = armBY;
  const iA = a.inverseInertia;
  const iB = b.inverseInertia;
  const masses = a.inverseMass + b.inverseMass;
  const k11 = masses + iA * armAY * armAY + iB * armBY * armBY;
  const k12 = -iA * armAX * armAY - iB * armBX * armBY;
  const k22 = masses + iA * armAX * armAX + iB * armBX * armBX;
  const k13 = -iA * armAY - iB * armBY;
  const k23 = iA * armAX + iB * armBX;
  const k33 = iA + iB;
  joint.k13 = k13;
  joint.k23 = k23;
  joint.motorMass = 1 / k33;
  const area = k11 * k22 - k12 * k12;
  joint.point11 = k22 / area;
  joint.point12 = -k12 / area;
  joint.point22 = k11 / area;
  const minor13 = k12 * k23 - k22 * k13;
  const minor23 = k12 * k13 - k11 * k23;
  const volume = area * k33 + k13 * minor13 + k23 * minor23;
  joint.full11 = (k22 * k33 - k23 * k23) / volume;
  joint.full12 = (k13 * k23 - k12 * k33) / volume;
  joint.full13 = minor13 / volume;
  joint.full22 = (k11 * k33 - k13 * k13) / volume;
  joint.full23 = minor23 / volume;
  joint.full33 = area / volume;

  const angle = b.angle - a.angle - settings.zero;
  const limit = angle <= settings.lower ? -1 : angle >= settings.upper ? 1 : 0;
  if (limit === 0 || limit !== joint.limit) joint.limitImpulse = 0;
  joint.limit = limit;

  const px = joint.impulseX;
  const py = joint.impulseY;
  const turn = joint.motorImpulse + joint.limitImpulse;
  a.vx -= a.inverseMass * px;
  a.vy -= a.inverseMass * py;
  a.spin -= iA * (armAX * py - armAY * px + turn);
  b.vx += b.inverseMass * px;
  b.vy += b.inverseMass * py;
  b.spin += iB * (armBX * py - armBY * px + turn);
}

/**
 * One round: first the motor, then hinge and limit. With `together`, and no active limit, motor and hinge are solved as
 * one. Both ways lead to the same impulses, but the sequential way needs hundreds of rounds, because the legs are light
 * and long.
 */
export function solveJoint(joint: Joint, seconds: number, together: boolean): void {
  const { a, b, limit, armAX, armAY, armBX, armBY } = joint;
  const { motorSpeed, maxTorque } = joint.settings;
  const most = seconds * maxTorque;
  let motorAdded = 0;
  if (limit !== 0 || !together) {
    const wanted = joint.motorImpulse - joint.motorMass * (b.spin - a.spin - motorSpeed);
    const motorImpulse = Math.max(-most, Math.min(wanted, most));
    motorAdded = motorImpulse - joint.motorImpulse;
    joint.motorImpulse = motorImpulse;
    a.spin -= a.inverseInertia * motorAdded;
    b.spin += b.inverseInertia * motorAdded;
  }
  joint.motorAdded = motorAdded;

  // The third equation is that of the limit, of the motor, or of neither; these are the bounds of its impulse.
  const isFree = limit === 0 && together;
  const least = limit < 0 ? -joint.limitImpulse : limit > 0 ? -Infinity : isFree ? -most - joint.motorImpulse : 0;
  const highest = limit > 0 ? -joint.limitImpulse : limit < 0 ? Infinity : isFree ? most - joint.motorImpulse : 0;
  const wrongX = b.vx - b.spin * armBY - a.vx + a.spin * armAY;
  const wrongY = b.vy + b.spin * armBX - a.vy - a.spin * armAX;
  const wrongSpin = b.spin - a.spin - (isFree ? motorSpeed : 0);
  let turn = -(joint.full13 * wrongX + joint.full23 * wrongY + joint.full33 * wrongSpin);
  let px: number;
  let py: number;
  if (turn >= least && turn <= highest) {
    px = -(joint.full11 * wrongX + joint.full12 * wrongY + joint.full13 * wrongSpin);
    py = -(joint.full12 * wrongX + joint.full22 * wrongY + joint.full23 * wrongSpin);
  } else {
    turn = turn < least ? least : highest;
    const restX = -wrongX - joint.k13 * turn;
    const restY = -wrongY - joint.k23 * turn;
    px = joint.point11 * restX + joint.point12 * restY;
    py = joint.point12 * restX + joint.point22 * restY;
  }
  joint.impulseX += px;
  joint.impulseY += py;
  if (limit !== 0) joint.limitImpulse += turn;
  else joint.motorImpulse += turn;
  a.vx -= a.inverseMass * px;
  a.vy -= a.inverseMass * py;
  a.spin -= a.inverseInertia * (armAX * py - armAY * px + turn);
  b.vx += b.inverseMass * px;
  b.vy += b.inverseMass * py;
  b.spin += b.inverseInertia * (armBX * py - armBY * px + turn);
  // The limit takes back the impulse of a motor that presses against it, so that is no change.
  joint.change = Math.abs(px) + Math.abs(py) + Math.abs(motorAdded + turn);
}

/**
 * A motor that presses against a limit adds the same impulse in each round until it reaches its maximum, and the limit
 * takes it back. This does so for many rounds at once.
 */
export function pressOn(joint: Joint, rounds: number, seconds: number): void {
  if (joint.limit === 0) return;
  const most = seconds * joint.settings.maxTorque;
  const wanted = joint.motorImpulse + rounds * joint.motorAdded;
  const motorImpulse = Math.max(-most, Math.min(wanted, most));
  joint.limitImpulse -= motorImpulse - joint.motorImpulse;
  joint.motorImpulse = motorImpulse;
}

/** Moves the bodies so as to satisfy hinge and limits. Returns true if they were already within the tolerances. */
export function correctJoint(joint: Joint): boolean {
  const { a, b, settings } = joint;
  let angularError = 0;
  if (joint.limit !== 0) {
    const angle = b.angle - a.angle - settings.zero;
    const beyond = joint.limit < 0 ? settings.lower - angle : angle - settings.upper;
    angularError = beyond;
    const correction = Math.max(0, Math.min(beyond - ANGULAR_SLOP, MAX_ANGULAR_CORRECTION));
    if (correction > 0) {
      const impulse = -joint.limit * joint.motorMass * correction;
      turnTo(a, a.angle - a.inverseInertia * impulse);
      turnTo(b, b.angle + b.inverseInertia * impulse);
    }
  }
  const iA = a.inverseInertia;
  const iB = b.inverseInertia;
  const armAX = a.cos * settings.anchorAX - a.sin * settings.anchorAY;
  const armAY = a.sin * settings.anchorAX + a.cos * settings.anchorAY;
  const armBX = b.cos * settings.anchorBX - b.sin * settings.anchorBY;
  const armBY = b.sin * settings.anchorBX + b.cos * settings.anchorBY;
  const gapX = b.x + armBX - a.x - armAX;
  const gapY = b.y + armBY - a.y - armAY;
  const masses = a.inverseMass + b.inverseMass;
  const k11 = masses + iA * armAY * armAY + iB * armBY * armBY;
  const k12 = -iA * armAX * armAY - iB * armBX * armBY;
  const k22 = masses + iA * armAX * armAX + iB * armBX * armBX;
  const area = k11 * k22 - k12 * k12;
  const px = (k12 * gapY - k22 * gapX) / area;
  const py = (k12 * gapX - k11 * gapY) / area;
  a.x -= a.inverseMass * px;
  a.y -= a.inverseMass * py;
  turnTo(a, a.angle - iA * (armAX * py - armAY * px));
  b.x += b.inverseMass * px;
  b.y += b.inverseMass * py;
  turnTo(b, b.angle + iB * (armBX * py - armBY * px));
  return gapX * gapX + gapY * gapY <= LINEAR_SLOP * LINEAR_SLOP && angularError <= ANGULAR_SLOP;
}
