import { ConfigError } from "../errors.js";
import type { Json } from "./env.js";

/** Numbers as JSON that preserves their bits. Values that JSON cannot hold (-0, NaN, infinities) become text. */
export function packFloats(values: ArrayLike<number>): Json {
  return Array.from(values, (value) => {
    if (Object.is(value, -0)) return "-0";
    return Number.isFinite(value) ? value : String(value);
  });
}

/** Reads the fields of a snapshot. @throws ConfigError naming a missing or invalid field */
export interface SnapshotReader {
  integer(field: string, min: number, max: number): number;
  flag(field: string): boolean;
  /** Fills each array of `into` with the numbers that `packFloats` wrote. */
  columns(field: string, into: readonly (Float64Array | Float32Array | Int32Array)[]): void;
  integers(field: string, min: number, max: number): number[];
  json(field: string): Json;
}

/** Reads a snapshot, which may come from a damaged or hostile file. @throws ConfigError naming the field */
export function readSnapshot(snapshot: Json, where = "snapshot"): SnapshotReader {
  const json = (field: string): Json => {
    const value = isRecord(snapshot) && Object.hasOwn(snapshot, field) ? snapshot[field] : undefined;
    if (value === undefined)
      throw new ConfigError({ field: where, given: snapshot, allowed: `a snapshot with the field ${field}` });
    return value;
  };
  const refuse = (field: string, allowed: string): never => {
    throw new ConfigError({ field: `${where}.${field}`, given: json(field), allowed });
  };
  const isInteger = (value: Json, min: number, max: number): value is number =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
  return {
    json,
    integer(field, min, max) {
      const value = json(field);
      return isInteger(value, min, max) ? value : refuse(field, `a whole number from ${min} to ${max}`);
    },
    flag(field) {
      const value = json(field);
      return typeof value === "boolean" ? value : refuse(field, "true or false");
    },
    integers(field, min, max) {
      const values = json(field);
      if (!Array.isArray(values) || !values.every((value: Json) => isInteger(value, min, max)))
        return refuse(field, `whole numbers from ${min} to ${max}`);
      return [...(values as number[])];
    },
    columns(field, into) {
      const lists = json(field);
      if (!Array.isArray(lists) || lists.length !== into.length || !lists.every((list, k) => fits(list, into[k])))
        return refuse(
          field,
          `${into.length} lists of numbers, of length ${into.map((array) => array.length).join(", ")}`,
        );
      lists.forEach((list: readonly Json[], k) => {
        list.forEach((value, i) => {
          into[k][i] = Number(value);
        });
      });
    },
  };
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fits(list: Json, array: ArrayLike<number>): boolean {
  return Array.isArray(list) && list.length === array.length && list.every(isPacked);
}

function isPacked(value: Json): boolean {
  return (
    typeof value === "number" || value === "-0" || value === "NaN" || value === "Infinity" || value === "-Infinity"
  );
}
