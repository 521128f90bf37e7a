import { ConfigError } from "../../errors.js";
import type { Craft } from "./craft.js";
import { turnTo } from "./physics/rigid-body.js";

/** The complete state of a craft between two steps, as arrays with a row per body, joint and contact. */
export interface CraftState {
  readonly bodies: Float64Array;
  readonly joints: Float64Array;
  readonly contacts: Float64Array;
}

const PER_BODY = 9;
const PER_JOINT = 5;
const PER_CONTACT = 7;

/** Arrays of the right size for a craft, filled with zeros. */
export function emptyState({ world }: Craft): CraftState {
  return {
    bodies: new Float64Array(PER_BODY * world.bodies.length),
    joints: new Float64Array(PER_JOINT * world.joints.length),
    contacts: new Float64Array(PER_CONTACT * world.contacts.flat().length),
  };
}

export function stateOf(craft: Craft): CraftState {
  const state = emptyState(craft);
  const { bodies, joints, contacts } = craft.world;
  bodies.forEach((body, i) => {
    const { x, y, angle, vx, vy, spin, stillFor, grounded, hasTouched } = body;
    state.bodies.set([x, y, angle, vx, vy, spin, stillFor, Number(grounded), Number(hasTouched)], PER_BODY * i);
  });
  joints.forEach(({ limit, impulseX, impulseY, limitImpulse, motorImpulse }, i) => {
    state.joints.set([limit, impulseX, impulseY, limitImpulse, motorImpulse], PER_JOINT * i);
  });
  contacts.flat().forEach(({ count, points: [one, two] }, i) => {
    const [first, second] = [one, two].map((point) => [point.feature, point.normalImpulse, point.tangentImpulse]);
    state.contacts.set([count, ...first, ...second], PER_CONTACT * i);
  });
  return state;
}

/** @throws ConfigError if a contact has more than two points */
export function checkState({ contacts }: CraftState): void {
  const counts = contacts.filter((_, i) => i % PER_CONTACT === 0);
  if (!counts.every((count) => count === 0 || count === 1 || count === 2))
    throw new ConfigError({ field: "snapshot.state", given: counts, allowed: "contacts of at most 2 points" });
}

/** Restores the state of a craft that has been launched. */
export function setState({ world }: Craft, state: CraftState): void {
  const row = (rows: Float64Array, length: number, i: number): Float64Array =>
    rows.subarray(length * i, length * (i + 1));
  world.bodies.forEach((body, i) => {
    const [x, y, angle, vx, vy, spin, stillFor, grounded, hasTouched] = row(state.bodies, PER_BODY, i);
    Object.assign(body, { x, y, vx, vy, spin, stillFor, grounded: grounded === 1, hasTouched: hasTouched === 1 });
    turnTo(body, angle);
  });
  world.joints.forEach((joint, i) => {
    const [limit, impulseX, impulseY, limitImpulse, motorImpulse] = row(state.joints, PER_JOINT, i);
    Object.assign(joint, { limit, impulseX, impulseY, limitImpulse, motorImpulse });
  });
  world.contacts.flat().forEach((contact, i) => {
    const [count, ...points] = row(state.contacts, PER_CONTACT, i);
    Object.assign(contact, { count, touching: count > 0 });
    contact.points.forEach((point, k) => {
      const [feature, normalImpulse, tangentImpulse] = points.slice(3 * k, 3 * k + 3);
      Object.assign(point, { feature, normalImpulse, tangentImpulse });
    });
  });
}
