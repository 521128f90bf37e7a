import type { Info } from "../env.js";

/** The numbers of an `info` by name. */
export type InfoNumbers = Readonly<Record<string, number>>;

/** Shared by all that have no numbers, so that it can be recognised. */
export const NO_NUMBERS: InfoNumbers = Object.freeze({});

/** The finite numbers of an `info`, with true as 1 and false as 0. Other values are for people, and are left out. */
export function infoNumbers(info: Info | undefined): InfoNumbers {
  const found = Object.entries(info ?? NO_NUMBERS).flatMap(([name, value]): [string, number][] => {
    if (typeof value === "boolean") return [[name, value ? 1 : 0]];
    // Adding 0 turns -0 into 0: a checkpoint, which is JSON, could not tell them apart.
    return typeof value === "number" && Number.isFinite(value) ? [[name, value + 0]] : [];
  });
  return found.length === 0 ? NO_NUMBERS : Object.fromEntries(found);
}
