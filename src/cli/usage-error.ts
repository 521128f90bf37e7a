/** An error about the command line. The message says what was typed, what is allowed, and the nearest valid name. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
