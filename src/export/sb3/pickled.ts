/** The content of a pickle, as data. */

/** A function or a class, by name. It is never looked up. */
export interface PickledGlobal {
  readonly kind: "global";
  /** Such as `collections.OrderedDict`. */
  readonly name: string;
}

/** A call that Python would make, and what it would add to the result. */
export interface PickledCall {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly Pickled[];
  /** The state that Python would give to the object. */
  state: Pickled;
  /** The entries that Python would set in the object, as in a dict. */
  readonly entries: Map<Pickled, Pickled>;
}

/** A reference to data outside the pickle. */
export interface PickledReference {
  readonly kind: "reference";
  readonly id: Pickled;
}

export type Pickled =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Pickled[]
  | Map<Pickled, Pickled>
  | PickledGlobal
  | PickledCall
  | PickledReference;

export function isCall(value: Pickled | undefined): value is PickledCall {
  return isRecord(value) && value.kind === "call";
}

export function isGlobal(value: Pickled | undefined): value is PickledGlobal {
  return isRecord(value) && value.kind === "global";
}

export function isReference(value: Pickled | undefined): value is PickledReference {
  return isRecord(value) && value.kind === "reference";
}

function isRecord(value: Pickled | undefined): value is PickledGlobal | PickledCall | PickledReference {
  return typeof value === "object" && value !== null && "kind" in value;
}
