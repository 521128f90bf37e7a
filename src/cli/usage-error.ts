/** A command line that can't be understood; the message says what was typed, what is allowed, and the nearest valid name. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
