import type { Contact } from "./contact.js";
import { correctContact, solveContact } from "./contact-solver.js";
import { correctJoint, type Joint, pressOn, solveJoint } from "./revolute-joint.js";
import { CORRECTION, LINEAR_SLOP } from "./tolerances.js";

/** The number of rounds over all constraints in Gymnasium. */
const VELOCITY_ROUNDS = 180;
const POSITION_ROUNDS = 60;

/**
 * Impulses have converged if they change by less than this in a round, in newton seconds; further rounds would not
 * change the result. (One step of gravity gives the lander about 1.) In flight this takes about five rounds, with a
 * foot on the ground most of the 180.
 */
const SETTLED = 1e-8;

/** Lets every constraint in turn correct the velocities, joints before contacts, until they agree. */
export function solveVelocities(joints: readonly Joint[], contacts: readonly Contact[], seconds: number): void {
  // On the ground the rounds end before convergence, and a landing depends on where they end, so they are Box2D's, one
  // by one.
  const inFlight = contacts.length === 0;
  for (let round = 1; round <= VELOCITY_ROUNDS; round++) {
    let change = 0;
    for (const joint of joints) {
      solveJoint(joint, seconds, inFlight);
      change += joint.change;
    }
    for (const contact of contacts) {
      solveContact(contact);
      change += contact.change;
    }
    if (change < SETTLED) {
      for (let j = 0; j < joints.length; j++) pressOn(joints[j], VELOCITY_ROUNDS - round, seconds);
      return;
    }
  }
}

/** Corrects overlaps and errors of joints. Returns whether all are within the tolerances in the end. */
export function correctPositions(joints: readonly Joint[], contacts: readonly Contact[]): boolean {
  for (let round = 0; round < POSITION_ROUNDS; round++) {
    let settled = correctContacts(contacts, CORRECTION) >= -3 * LINEAR_SLOP;
    for (const joint of joints) settled = correctJoint(joint) && settled;
    if (settled) return true;
  }
  return false;
}

/** One round over the contacts. Returns the least separation found. */
export function correctContacts(contacts: readonly Contact[], share: number): number {
  let least = 0;
  for (let c = 0; c < contacts.length; c++) least = Math.min(least, correctContact(contacts[c], share));
  return least;
}
