/**
 * Where the states of robots are. An object of MuJoCo takes half a megabyte, and only ends when `delete` is called. No
 * user should have to, and finalisers run too late: a loop that never yields would fill the memory. So a state belongs
 * to JavaScript, as numbers, and MuJoCo's objects are a cache of those that were used last. The bits are the same either
 * way: `mjSTATE_INTEGRATION` is all that the next step depends on.
 */

import { ConfigError } from "../../errors.js";
import { mujoco } from "./load.js";
import type { NativeData, NativeDoubles, NativeModel, StateArrays } from "./module.js";

/** Models that are compiled at a time. */
const MODELS = 16;
/** States of one model that MuJoCo holds at a time, of about 0.6 MB each. */
const STATES = 64;

/** A state, wherever it is. */
export interface Place {
  /** Its numbers while MuJoCo doesn't hold it; undefined for a state that never was anywhere, so that it is the first. */
  numbers: readonly number[] | undefined;
  slot: Slot | undefined;
}

/** Memory of MuJoCo for one state at a time. */
export interface Slot {
  readonly model: CompiledModel;
  readonly data: NativeData;
  /** The views that have been asked for. */
  readonly views: Partial<StateArrays>;
  owner: Place | undefined;
  usedAt: number;
}

/** A model, and the states of it that MuJoCo holds. */
export interface CompiledModel {
  readonly native: NativeModel;
  readonly stateSize: number;
  /** Seconds between two steps of the simulation. */
  readonly timestep: number;
  readonly buffer: NativeDoubles;
  readonly slots: Slot[];
  /** Numbers of bodies and sites by kind and name, as far as they have been asked for. */
  readonly indices: Map<string, number>;
  usedAt: number;
}

const models = new Map<string, CompiledModel>();
let clock = 0;

/** The model of this MJCF. It may be compiled anew at any call, so nobody keeps it. @throws ConfigError if it is no model */
export function compiled(xml: string): CompiledModel {
  const known = models.get(xml) ?? compile(xml);
  known.usedAt = ++clock;
  return known;
}

function compile(xml: string): CompiledModel {
  const { MjModel, DoubleBuffer, mj_stateSize } = mujoco();
  if (models.size >= MODELS) dropModel();
  const native = read(() => MjModel.from_xml_string(xml));
  const stateSize = mj_stateSize(native, parts());
  const { timestep } = native.opt;
  const buffer = new DoubleBuffer(stateSize);
  const model: CompiledModel = { native, stateSize, timestep, buffer, slots: [], indices: new Map(), usedAt: 0 };
  models.set(xml, model);
  return model;
}

function read(parse: () => NativeModel): NativeModel {
  try {
    return parse();
  } catch (error) {
    const { message } = error as Error;
    const reason = message
      .replace(/^MuJoCo Error: (Loading error: )?/, "")
      .trim()
      .replace(/\s*\n\s*/g, "; ");
    throw new ConfigError({ field: "xml", given: `what MuJoCo can't compile (${reason})`, allowed: "a model in MJCF" });
  }
}

function dropModel(): void {
  const [xml, { native, buffer, slots }] = leastRecent([...models], ([, model]) => model.usedAt);
  for (const slot of slots) {
    vacate(slot);
    slot.data.delete();
  }
  buffer.delete();
  native.delete();
  models.delete(xml);
}

/** Has MuJoCo hold a state, and returns where. */
export function slotOf(place: Place, xml: string): Slot {
  const slot = place.slot ?? occupy(place, compiled(xml));
  slot.usedAt = ++clock;
  slot.model.usedAt = clock;
  return slot;
}

function occupy(place: Place, model: CompiledModel): Slot {
  const { mj_resetData, mj_setState } = mujoco();
  const slot = freeSlot(model);
  if (place.numbers === undefined) mj_resetData(model.native, slot.data);
  else mj_setState(model.native, slot.data, place.numbers, parts());
  slot.owner = place;
  place.slot = slot;
  place.numbers = undefined;
  return slot;
}

function freeSlot(model: CompiledModel): Slot {
  if (model.slots.length < STATES) {
    const data = new (mujoco().MjData)(model.native);
    const slot: Slot = { model, data, views: {}, owner: undefined, usedAt: 0 };
    model.slots.push(slot);
    return slot;
  }
  const slot = leastRecent(model.slots, ({ usedAt }) => usedAt);
  vacate(slot);
  return slot;
}

/** Takes the state out of a slot, back to JavaScript. */
function vacate(slot: Slot): void {
  const { owner } = slot;
  if (owner === undefined) return;
  owner.numbers = numbersIn(slot);
  owner.slot = undefined;
  slot.owner = undefined;
}

/** The numbers of the state in a slot. */
export function numbersIn({ model, data }: Slot): number[] {
  mujoco().mj_getState(model.native, data, model.buffer, parts());
  return Array.from(model.buffer.GetView());
}

/** Puts the state of these numbers at a place. */
export function place(numbers: readonly number[], at: Place): void {
  if (at.slot !== undefined) at.slot.owner = undefined;
  at.slot = undefined;
  at.numbers = numbers;
}

/** A view of the state in a slot. It dies when MuJoCo's memory grows, which any new object may cause. */
export function view<K extends keyof StateArrays>({ views, data }: Slot, name: K): StateArrays[K] {
  const kept = views[name];
  if (kept !== undefined && kept.length > 0) return kept;
  const fresh: StateArrays[K] = data[name];
  views[name] = fresh;
  return fresh;
}

function parts(): number {
  return mujoco().mjtState.mjSTATE_INTEGRATION.value;
}

function leastRecent<T>(list: readonly T[], usedAt: (one: T) => number): T {
  return list.reduce((oldest, one) => (usedAt(one) < usedAt(oldest) ? one : oldest));
}
