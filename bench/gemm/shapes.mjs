/**
 * The matrix products that are timed. A layer of n units on m rows of k numbers takes three: `forward` is x·W, [m, k]
 * by [k, n]; `inputs` is dz·Wᵀ, [m, n] by [n, k]; `weights` is xᵀ·dz, [k, m] by [m, n]. Each has 2·m·k·n operations.
 */
const layer = (m, k, n) => ["forward", "inputs", "weights"].map((kind) => ({ kind, m, k, n }));
const forward = (m, k, n) => ({ kind: "forward", m, k, n });

export const GROUPS = {
  /** One matrix by another of the same size. */
  square: [32, 64, 128, 192, 256, 384, 512, 768, 1024].map((n) => forward(n, n, n)),
  /** What REINFORCE and PPO compute: the hidden layers of their presets, and acting for one and for a few copies. */
  small: [
    ...layer(256, 64, 64),
    ...layer(64, 128, 128),
    ...layer(512, 128, 128),
    ...layer(256, 4, 64),
    ...layer(256, 64, 2),
    forward(1, 128, 128),
    forward(8, 64, 64),
    forward(16, 256, 256),
  ],
  /** A transformer of width 64 on 64 texts of 32 tokens: attention, its output, the two layers after it, the logits. */
  nano: [...layer(2048, 64, 192), ...layer(2048, 64, 64), ...layer(2048, 64, 256), ...layer(2048, 256, 64)],
  /** A transformer of width 128 on 64 texts of 64 tokens. */
  micro: [...layer(4096, 128, 384), ...layer(4096, 128, 128), ...layer(4096, 128, 512), ...layer(4096, 512, 128)],
  /** The same layers for one new token in each of m texts. */
  generation: [1, 2, 4, 8, 16, 64].flatMap((m) => [forward(m, 64, 256), forward(m, 128, 384), forward(m, 512, 128)]),
};

/** `forward 256×64×64`, rows first. */
export const nameOf = ({ kind, m, k, n }) => `${kind} ${m}×${k}×${n}`;
