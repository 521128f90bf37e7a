/**
 * Impacts within a step. A body that meets the ground within the step is stopped there: it is moved back to that
 * moment, pushed off without its joints, and continues from there for the rest of the step. So a fast body neither
 * passes through the ground nor sinks in (Box2D 2.3, b2World::SolveTOI).
 */
import type { Contact } from "./contact.js";
import { prepareContact } from "./contact-solver.js";
import { type Body, outline, turnTo } from "./rigid-body.js";
import { correctContacts, solveVelocities } from "./rounds.js";
import { timeOfImpact } from "./time-of-impact.js";
import { IMPACT_CORRECTION, LINEAR_SLOP, MAX_IMPACTS } from "./tolerances.js";
import { updateContact } from "./touch.js";

/** An impact at the very end of a step is left to the next step. */
const END = 1 - 1e-6;
const CORRECTION_ROUNDS = 20;

/** The body's contacts that touch at its impact, and the impulses with which the next step will start. */
const touching: Contact[] = [];
const held: number[] = [];

/** Bodies meet only the ground, so each has its impacts in turn, independent of the others. */
export function strikeGround(body: Body, contacts: readonly Contact[], seconds: number): void {
  for (const one of contacts) {
    one.impacts = 0;
    one.ignored = false;
  }
  for (;;) {
    const first = firstImpact(body, contacts);
    if (first === undefined) return;
    strike(body, contacts, first, seconds);
  }
}

let impactTime = 1;

function firstImpact(body: Body, contacts: readonly Contact[]): Contact | undefined {
  let first: Contact | undefined;
  impactTime = END;
  const low = Math.min(body.fromY, body.y) - body.radius;
  const left = Math.min(body.fromX, body.x) - body.radius;
  const right = Math.max(body.fromX, body.x) + body.radius;
  for (const one of contacts) {
    const { edge } = one;
    if (one.ignored || one.impacts > MAX_IMPACTS) continue;
    if (low > Math.max(edge.y1, edge.y2) || left > edge.x2 || right < edge.x1) continue;
    const time = body.fromTime + (1 - body.fromTime) * timeOfImpact(body, edge);
    if (time < impactTime) {
      impactTime = time;
      first = one;
    }
  }
  return first;
}

function strike(body: Body, contacts: readonly Contact[], first: Contact, seconds: number): void {
  const { x, y, angle, fromX, fromY, fromAngle, fromTime } = body;
  advance(body, impactTime);
  outline(body);
  first.impacts++;
  updateContact(first);
  if (!first.touching) {
    first.ignored = true;
    Object.assign(body, { x, y, fromX, fromY, fromAngle, fromTime });
    turnTo(body, angle);
    return;
  }
  touching.length = 0;
  touching.push(first);
  for (const one of contacts) {
    if (one === first) continue;
    updateContact(one);
    if (one.touching) touching.push(one);
  }
  for (let round = 0; round < CORRECTION_ROUNDS; round++)
    if (correctContacts(touching, IMPACT_CORRECTION) >= -1.5 * LINEAR_SLOP) break;
  body.fromX = body.x;
  body.fromY = body.y;
  body.fromAngle = body.angle;
  rebound(touching, seconds);
  const rest = (1 - impactTime) * seconds;
  body.x += rest * body.vx;
  body.y += rest * body.vy;
  turnTo(body, body.angle + rest * body.spin);
}

/** Moves the body to its position at this time, from which the rest of its step begins. */
function advance(body: Body, time: number): void {
  const share = (time - body.fromTime) / (1 - body.fromTime);
  body.fromX += share * (body.x - body.fromX);
  body.fromY += share * (body.y - body.fromY);
  body.fromAngle += share * (body.angle - body.fromAngle);
  body.fromTime = time;
  body.x = body.fromX;
  body.y = body.fromY;
  turnTo(body, body.fromAngle);
}

/**
 * Solves the velocities after the impact. Its large impulses belong to this moment, so the next step does not start
 * from them.
 */
function rebound(contacts: readonly Contact[], seconds: number): void {
  held.length = 0;
  for (const one of contacts) {
    for (const point of one.points) {
      held.push(point.normalImpulse, point.tangentImpulse);
      point.normalImpulse = 0;
      point.tangentImpulse = 0;
    }
    prepareContact(one);
  }
  solveVelocities([], contacts, seconds);
  let i = 0;
  for (const one of contacts) {
    for (const point of one.points) {
      point.normalImpulse = held[i++];
      point.tangentImpulse = held[i++];
    }
  }
}
