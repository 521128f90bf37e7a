/** Runs as links. */

export { configDigest, type LinkedRun, linkOf, readLink } from "./link.js";
