import { flatSize, type Space } from "../spaces/index.js";

/** The sizes of a policy's network. */
interface Sizes {
  readonly layers: readonly { readonly outputs: number }[];
  /** Numbers of its memory; 0 without one. */
  readonly memory: number;
}

/**
 * Rejects sizes that need more weights than the file holds, before anything of that size is allocated.
 *
 * @throws RangeError
 */
export function requireRoom(
  { layers, memory }: Sizes,
  features: number,
  actionSpace: Space<unknown>,
  room: number,
): void {
  const sizes = [features, memory, ...layers.map(({ outputs }) => outputs)];
  // A layer without outputs would need no weights, however many features it reads.
  const whole = sizes.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (layers.length === 0 || !whole || layers.some(({ outputs }) => outputs === 0))
    throw new RangeError(`layers of ${sizes} make no network`);
  let inputs = memory > 0 ? memory : features;
  let weights = 3 * memory * (features + memory);
  for (const { outputs } of layers) {
    weights += (inputs + 1) * outputs;
    inputs = outputs;
  }
  if (!(weights <= room)) throw new RangeError(`layers of ${sizes} need more than the ${room} numbers that there are`);
  const outputs = layers.at(-1)?.outputs ?? 0;
  // A head holds a row of its space.
  if (flatSize(actionSpace) > outputs) throw new RangeError(`${outputs} outputs do not fit ${actionSpace}`);
}
