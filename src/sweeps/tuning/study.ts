/**
 * A study: the settings that it compares, and its seeds, each a function of its plan and a number. So it can be stopped,
 * continued and repeated, and a longer study begins with the shorter one.
 */

import { ConfigError } from "../../errors.js";
import { canonical } from "../../formats/digest.js";
import { type Entropy, SeedSequence } from "../../random/index.js";
import { algorithmOf } from "../../training/config.js";
import { trainNamed } from "../../training/train.js";
import type { ResolvedConfig } from "../../training/types.js";
import { drawPoints } from "../draws.js";
import type { Settings } from "../sweep-config.js";
import { type SearchSpace, searchSpace } from "./search-space.js";
import type { TuneConfig } from "./tune-config.js";

/** The plan of a study: plain data, and saved before anything runs. */
export interface Study {
  /** The settings that a run would have without tuning. */
  readonly base: Omit<ResolvedConfig, "seed">;
  /** The options that the caller has set, which are not tuned. */
  readonly set: Settings;
  readonly space: SearchSpace;
  readonly seed: number;
}

/** Tuning seeds choose among points. Fresh seeds only measure what was chosen. */
const STREAMS = { tuning: 0x7a11e, fresh: 0xf4e54 };

/** The plan of a study. @throws ConfigError as `train` and `searchSpace` do @throws EnvironmentError */
export function planStudy({ search, tuneSeed = 0, ...config }: TuneConfig): Study {
  if (!Number.isSafeInteger(tuneSeed) || tuneSeed < 0)
    throw new ConfigError({ field: "tuneSeed", given: tuneSeed, allowed: "a whole number of at least 0" });
  // What is wrong with the environment, or with it and the algorithm together, shows when the run is made.
  const { seed: _, ...base } = trainNamed({ ...config, stopWhenSolved: false }).config;
  const set = Object.fromEntries(Object.entries(config.options ?? {}).filter(([, value]) => value !== undefined));
  return { base, set, space: searchSpace(algorithmOf(config), { search, options: set }), seed: tuneSeed };
}

/**
 * Point 0, the default settings, and after it `count` drawn ones, as the options that they set. Equal points count as one,
 * so a space with few values may have fewer.
 */
export function pointsOf({ base, space, seed }: Study, count: number): Settings[] {
  const points = new Map<string, Settings>([[canonical(pick(base.options, space)), {}]]);
  const drawn = drawPoints({ draw: space, sample: 4 * count, sampleSeed: seed });
  for (const point of drawn) {
    if (points.size > count) break;
    const text = canonical(point);
    if (!points.has(text)) points.set(text, point);
  }
  return [...points.values()];
}

/** The config of a point, for any seed. */
export function configOf({ base }: Study, settings: Settings): Study["base"] {
  return { ...base, options: { ...base.options, ...settings } };
}

/** Seed number i of a stream, in decimal digits. */
export function seedOf({ seed }: Study, stream: keyof typeof STREAMS, i: number): string {
  return String(new SeedSequence([STREAMS[stream], seed, i] satisfies Entropy).generateState(1)[0]);
}

function pick(options: Readonly<Record<string, unknown>>, names: object): Settings {
  return Object.fromEntries(Object.keys(names).map((name) => [name, options[name]]));
}
