/** A command line that makes no sense. The message says what was typed, what is allowed, and the nearest valid name. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
