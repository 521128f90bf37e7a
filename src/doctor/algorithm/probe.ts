/** What a probe is, and what it finds. */

import type { Rules } from "./world.js";

/** A number that theory fixes, how far from it the algorithm may end, and what was seen. */
export interface ProbeCheck {
  /** What is measured, such as `V(s)`. */
  readonly of: string;
  readonly expected: number;
  readonly within: number;
  readonly seen: number;
}

/** What a probe found. `docs/doctor.md` has a section for each probe. */
export interface ProbeResult {
  readonly probe: string;
  /** The world in a few words. */
  readonly world: string;
  readonly outcome: "passed" | "failed" | "not applicable";
  readonly checks: readonly ProbeCheck[];
  /** Why the probe does not apply, or the error that ended it. */
  readonly reason?: string | undefined;
  /** What a failure means, in a sentence. */
  readonly means: string;
  /** What to look at after a failure. */
  readonly lookAt: string;
}

/** Notes a number under the name of a check. The check sees the mean. */
export type Note = (of: string, value: number) => void;

/** The states after which this reward follows, and the value that they have to get. */
export interface ValueTarget {
  readonly of: string;
  readonly reward: number;
  readonly expected: number;
  readonly within: number;
}

/** A number that the world notes while the policy plays. */
export type PlayTarget = Omit<ProbeCheck, "seen">;

/** What all probes have. */
interface Described extends Pick<ProbeResult, "world" | "means" | "lookAt"> {
  readonly name: string;
  /** Training takes at least so many steps. */
  readonly steps: number;
  /** Options that the probe sets, whatever the caller's are. It does not apply to an algorithm without them. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Options that it sets where the algorithm has them. */
  readonly wishes?: Readonly<Record<string, unknown>>;
  /** The same, but for those that the caller sets. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Makes the rules of one copy. */
  rules(note: Note): Rules<number>;
}

/** A probe of what V has become. */
export interface ValueProbe extends Described {
  readonly measures: "values";
  /** The largest reward of the world must be 1: it shows by how much the learner scales rewards. */
  readonly targets: readonly ValueTarget[];
}

/** A probe of what the policy does, with drawn actions or with the likeliest ones. */
export interface PlayProbe extends Described {
  readonly measures: "drawn" | "likeliest";
  /** Only for policies with a memory. */
  readonly memory?: boolean;
  readonly targets: readonly PlayTarget[];
}

export type Probe = ValueProbe | PlayProbe;
