/** Runs as links, and as commands. */

export { commandOf } from "./command.js";
export { configDigest, type LinkedRun, linkOf, readLink } from "./link.js";
