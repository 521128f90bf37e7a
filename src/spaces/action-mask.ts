/**
 * The actions that are allowed: one entry per action, 1 or `true` if it is and 0 or `false` if not. A `Discrete` has n
 * entries, a `MultiDiscrete` those of all choices one after another, and a `MultiBinary` two per switch (off, on).
 */
export type ActionMask = ArrayLike<number | boolean>;
