/** Converts errors to plain data for another thread, because messages do not preserve classes. */

import { ConfigError } from "../../errors.js";
import { EnvironmentError } from "../../rollout/guard.js";

/** An error as plain data. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** The field of a `ConfigError`. */
  readonly field: string | undefined;
  /** What the user's own code threw, whose stack says where. */
  readonly cause: PlainError | undefined;
}

export function plainError(error: unknown): PlainError {
  if (!(error instanceof Error))
    return { name: "Error", message: String(error), stack: undefined, field: undefined, cause: undefined };
  const { name, message, stack } = error;
  const field = error instanceof ConfigError ? error.field : undefined;
  return { name, message, stack, field, cause: error.cause instanceof Error ? plainError(error.cause) : undefined };
}

export function revivedError({ name, message, stack, field, cause }: PlainError): Error {
  const error = bare(name, message, field);
  if (cause !== undefined) error.cause = revivedError(cause);
  if (stack !== undefined) error.stack = stack;
  return error;
}

function bare(name: string, message: string, field: string | undefined): Error {
  if (name === "EnvironmentError") return new EnvironmentError(message);
  if (field === undefined) return Object.assign(new Error(message), { name });
  return Object.assign(new ConfigError({ field, given: undefined, allowed: "" }), { message });
}
