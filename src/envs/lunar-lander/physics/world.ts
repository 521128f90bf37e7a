import { type Contact, contact } from "./contact.js";
import { prepareContact, warmStartContact } from "./contact-solver.js";
import type { Edge } from "./ground.js";
import { strikeGround } from "./impacts.js";
import { type Joint, prepareJoint, relax } from "./revolute-joint.js";
import { type Body, halt, outline, turnTo } from "./rigid-body.js";
import { correctPositions, solveVelocities } from "./rounds.js";
import { SKINS, STEPS_TO_SLEEP, STILL_SPEED, STILL_SPIN } from "./tolerances.js";
import { updateContact } from "./touch.js";

/** Bodies joined by hinges, over ground that does not move. */
export interface World {
  readonly bodies: readonly Body[];
  readonly joints: readonly Joint[];
  /** For each body, its contacts, one with each edge. */
  readonly contacts: readonly (readonly Contact[])[];
  readonly gravity: number;
  readonly ground: readonly Edge[];
  /** The highest point of the ground. */
  top: number;
}

export function world(
  bodies: readonly Body[],
  joints: readonly Joint[],
  ground: readonly Edge[],
  gravity: number,
): World {
  const contacts = bodies.map((body) => ground.map((edge) => contact(body, edge)));
  return { bodies, joints, contacts, gravity, ground, top: 0 };
}

/** Resets the world after bodies have been placed and ground has been laid: nothing touches yet. */
export function begin(world: World): void {
  for (const joint of world.joints) relax(joint);
  for (const contacts of world.contacts) {
    for (const one of contacts) {
      one.count = 0;
      one.touching = false;
    }
  }
  world.top = -Infinity;
  for (const { y1, y2 } of world.ground) world.top = Math.max(world.top, y1, y2);
}

/** The contacts that touch in this step. All worlds share the list, because they step one after another. */
const touching: Contact[] = [];

/**
 * One step: find contacts, solve velocities, move, and handle impacts on the way (Box2D 2.3, b2World.cpp and
 * b2Island.cpp). Returns whether the bodies are awake. After half a second of near rest they fall asleep.
 */
export function step(world: World, seconds: number): boolean {
  const { bodies, joints } = world;
  findContacts(world);
  for (const body of bodies) accelerate(body, world.gravity, seconds);
  for (const one of touching) {
    prepareContact(one);
    warmStartContact(one);
  }
  for (const joint of joints) prepareJoint(joint);
  solveVelocities(joints, touching, seconds);
  for (const body of bodies) {
    body.x += seconds * body.vx;
    body.y += seconds * body.vy;
    turnTo(body, body.angle + seconds * body.spin);
  }
  const settled = correctPositions(joints, touching);
  if (haveRested(bodies) && settled) {
    for (const body of bodies) halt(body);
    return false;
  }
  for (let b = 0; b < bodies.length; b++) {
    const body = bodies[b];
    if (Math.min(body.fromY, body.y) - body.radius <= world.top) strikeGround(body, world.contacts[b], seconds);
  }
  return true;
}

function findContacts({ bodies, contacts, top }: World): void {
  touching.length = 0;
  for (let b = 0; b < bodies.length; b++) {
    const body = bodies[b];
    const isLow = body.y - body.radius - SKINS <= top;
    if (isLow) outline(body);
    for (const one of contacts[b]) {
      if (isLow || one.touching) updateContact(one);
      if (one.touching) touching.push(one);
    }
  }
}

function accelerate(body: Body, gravity: number, seconds: number): void {
  body.fromX = body.x;
  body.fromY = body.y;
  body.fromAngle = body.angle;
  body.fromTime = 0;
  body.vx += seconds * body.inverseMass * body.forceX;
  body.vy += seconds * (gravity + body.inverseMass * body.forceY);
  body.spin += seconds * body.inverseInertia * body.torque;
  body.forceX = 0;
  body.forceY = 0;
  body.torque = 0;
}

function haveRested(bodies: readonly Body[]): boolean {
  let least = STEPS_TO_SLEEP;
  for (const body of bodies) {
    const isStill =
      body.vx * body.vx + body.vy * body.vy <= STILL_SPEED * STILL_SPEED && Math.abs(body.spin) <= STILL_SPIN;
    body.stillFor = isStill ? body.stillFor + 1 : 0;
    least = Math.min(least, body.stillFor);
  }
  return least >= STEPS_TO_SLEEP;
}
