/** Digests of plain data, by which runs and sweeps know each other. */

import { sha256 } from "./sha256.js";

/** 16 hexadecimal digits of the SHA-256 of some data. */
export function digestOf(value: unknown): string {
  return sha256(new TextEncoder().encode(canonical(value))).slice(0, 16);
}

/** JSON with the fields of objects in alphabetical order, so that equal data have equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
