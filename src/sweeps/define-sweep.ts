/** `defineSweep`: a sweep whose names and values the compiler checks. */

import type { AlgorithmOptions, KnownAlgorithms, PresetName } from "../algorithms/known-algorithms.js";
import type { EnvOptions, KnownEnvs } from "../envs/known-envs.js";
import type { Range } from "./range.js";
import type { SweepConfig } from "./sweep-config.js";

type AlgorithmName = keyof KnownAlgorithms & string;
type EnvId = keyof KnownEnvs & string;

/** The values of each setting that a sweep of these algorithms and environments can vary. */
export type SweepSettings<A extends AlgorithmName, E extends EnvId> = {
  readonly algorithm: A;
  readonly env: E;
  readonly preset: PresetName<A>;
  readonly episodes: number;
  readonly steps: number;
  readonly stopWhenSolved: boolean;
} & { readonly [Name in keyof Joined<AlgorithmOptions<A>>]: Joined<AlgorithmOptions<A>>[Name] } & {
  readonly [Name in keyof Joined<EnvOptions<E>> & string as `env.${Name}`]: Joined<EnvOptions<E>>[Name];
};

/** The names of all members of a union, each with the values that any of them gives it. */
type Joined<Options> = {
  readonly [Name in NamesOf<Options>]: Options extends { readonly [_ in Name]?: infer Value }
    ? Exclude<Value, undefined>
    : never;
};
type NamesOf<Options> = Options extends unknown ? keyof Options : never;

/** A `SweepConfig` of names that the compiler knows. */
export interface TypedSweep<A extends AlgorithmName, E extends EnvId>
  extends Omit<SweepConfig, "algorithm" | "env" | "envOptions" | "preset" | "options" | "grid" | "draw" | "when"> {
  readonly algorithm?: A | undefined;
  readonly env?: E | undefined;
  readonly envOptions?: EnvOptions<E> | undefined;
  readonly preset?: PresetName<A> | undefined;
  readonly options?: AlgorithmOptions<A> | undefined;
  readonly grid?: (Axes<A, E> & { readonly [Name in Other<A, E>]?: readonly SweepSettings<A, E>[Name][] }) | undefined;
  readonly draw?: (Axes<A, E> & { readonly [Name in Other<A, E>]?: Drawn<SweepSettings<A, E>[Name]> }) | undefined;
  readonly when?: { readonly [Name in keyof SweepSettings<A, E>]?: Condition<SweepSettings<A, E>> } | undefined;
}

/** Algorithms and environments that are varied, from which the compiler learns `A` and `E`. */
interface Axes<A, E> {
  readonly algorithm?: readonly A[] | undefined;
  readonly env?: readonly E[] | undefined;
}
type Other<A extends AlgorithmName, E extends EnvId> = Exclude<keyof SweepSettings<A, E>, "algorithm" | "env">;
/** Numbers are drawn from ranges, and anything from a list. */
type Drawn<Value> = readonly Value[] | (Extract<Value, number> extends never ? never : Range);
type Condition<Settings> = { readonly [Name in keyof Settings]?: Settings[Name] | readonly Settings[Name][] };

/**
 * Returns the sweep unchanged. The compiler checks its names and values, and an editor completes them.
 *
 *   export default defineSweep({ algorithm: "ppo", grid: { learningRate: [1e-4, 1e-3] }, seeds: 10 });
 */
export function defineSweep<A extends AlgorithmName = "reinforce", E extends EnvId = "CartPole-v1">(
  sweep: TypedSweep<A, E>,
): SweepConfig;
export function defineSweep(sweep: SweepConfig): SweepConfig {
  return sweep;
}
