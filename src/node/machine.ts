/** Names for what machines that share a folder must tell apart. */

import { hostname } from "node:os";
import { asFileName } from "./folders.js";

/** The name of this machine, as part of a file's name. */
export function machineName(): string {
  return asFileName(hostname());
}

/** A name that no other process has at this time: `node-3.1234`. */
export function processName(): string {
  return `${machineName()}.${process.pid}`;
}
