/** The sizes of a GPT-2, and those that have names. */

import { ConfigError, nearest } from "../../errors.js";
import { checkValue, int } from "../../options.js";

/** The sizes of a GPT-2. */
export interface GptConfig {
  /** Tokens that it knows. */
  readonly vocabulary: number;
  /** The longest sequence, in tokens. */
  readonly context: number;
  readonly layers: number;
  readonly heads: number;
  /** C, the numbers in a state. A multiple of `heads`. */
  readonly width: number;
}

/** Layers, heads and width by name. nano has 0.1 million parameters, small 0.2, micro 0.8, mini 3.2 and baby 10.7. */
export const GPT_SIZES = {
  nano: { layers: 2, heads: 4, width: 64 },
  small: { layers: 2, heads: 4, width: 96 },
  micro: { layers: 4, heads: 4, width: 128 },
  mini: { layers: 4, heads: 4, width: 256 },
  baby: { layers: 6, heads: 6, width: 384 },
} as const;
/** The name of a size. */
export type GptSize = keyof typeof GPT_SIZES;

/** The config of a named size. @throws ConfigError for an unknown name, with the nearest one */
export function gptConfig(
  size: GptSize,
  { vocabulary, context }: Pick<GptConfig, "vocabulary" | "context">,
): GptConfig {
  if (!Object.hasOwn(GPT_SIZES, size)) {
    const names = Object.keys(GPT_SIZES);
    const allowed = `one of ${names.join(", ")}`;
    throw new ConfigError({ field: "size", given: size, allowed, nearest: nearest(size, names) });
  }
  return { vocabulary, context, ...GPT_SIZES[size] };
}

const BOUNDS = {
  vocabulary: int(2, { min: 2, max: 1_000_000, help: "" }),
  context: int(1, { min: 1, max: 65_536, help: "" }),
  layers: int(1, { min: 1, max: 256, help: "" }),
  heads: int(1, { min: 1, max: 1024, help: "" }),
  width: int(1, { min: 1, max: 65_536, help: "" }),
};

/** @throws ConfigError naming the size that is not a whole number in its bounds, or a width that heads don't divide */
export function checkGptConfig(given: GptConfig): GptConfig {
  const { vocabulary, context, layers, heads, width } = given;
  const config = { vocabulary, context, layers, heads, width };
  for (const [name, bounds] of Object.entries(BOUNDS))
    checkValue(`gpt.${name}`, bounds, config[name as keyof GptConfig]);
  if (width % heads !== 0)
    throw new ConfigError({ field: "gpt.width", given: width, allowed: `a multiple of the ${heads} heads` });
  return config;
}
