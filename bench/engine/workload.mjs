/**
 * The work that every contestant of `bench/engine` does, with the same numbers: a 4-128-128-2 ReLU policy, one batch of 512
 * steps, and four matrix products. `rivals/torch_engine.py` generates the same numbers itself.
 *
 * An update computes loss = -mean(logProb * advantage) and its gradients, clips their global norm to 1, and takes one Adam step
 * of 1e-3. It starts from arrays of the host language and ends when the loss has been read back. Acting takes one observation
 * and returns a sampled action.
 */
export const SIZES = [4, 128, 128, 2];
export const STEPS = 512;
export const LEARNING_RATE = 1e-3;
export const MAX_NORM = 1;
/** [rows, columns, inner] of a product. */
export const GEMMS = [
  [64, 64, 64],
  [256, 64, 64],
  [512, 128, 128],
  [512, 512, 512],
];

/** Uniform on [-1, 1), 24 bits: the same float32 in every language. */
export function uniforms(seed) {
  let state = seed >>> 0;
  return (count) =>
    Float32Array.from({ length: count }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state >>> 8) / 2 ** 23 - 1;
    });
}

/** Weights [in, out] and biases, alternating; uniform within 1/sqrt(fan in), in float32. */
export function parameters() {
  const draw = uniforms(1);
  return SIZES.slice(1).flatMap((fanOut, layer) => {
    const fanIn = SIZES[layer];
    const bound = Math.fround(1 / Math.sqrt(fanIn));
    const scaled = (count) => draw(count).map((x) => x * bound);
    return [
      { shape: [fanIn, fanOut], data: scaled(fanIn * fanOut) },
      { shape: [fanOut], data: scaled(fanOut) },
    ];
  });
}

export function batch() {
  const draw = uniforms(2);
  return {
    observations: draw(STEPS * SIZES[0]),
    actions: Int32Array.from(draw(STEPS), (x) => (x < 0 ? 0 : 1)),
    advantages: draw(STEPS),
  };
}
