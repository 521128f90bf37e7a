/** The numbers in the rules of the lab's worlds, and worlds from environments. */

import { makeRegistered } from "../envs/entries.js";
import { listEnvs } from "../envs/registry.js";
import { ConfigError, nearest } from "../errors.js";
import { int, real, resolveOptions, type Schema, seed, type Values } from "../options.js";
import { chain } from "./chain.js";
import { isTable } from "./checks.js";
import { corridor } from "./corridor.js";
import { randomWorld } from "./random-world.js";
import { type World, worldOf } from "./world.js";
import { duel, FIXED_WORLDS, refund, repeatedBandit } from "./worlds.js";

/** A world whose rules have options. */
interface Adjustable {
  readonly options: Schema;
  make(given: Readonly<Record<string, unknown>>): World;
}

function adjustable<S extends Schema>(options: S, make: (values: Values<S>) => World): Adjustable {
  return { options, make: (given) => make(resolveOptions(options, given, "world")) };
}

/** Squares of larger rewards would lose the digits in which estimators differ. */
const reward = { min: -1e6, max: 1e6 };
const steps = int(5, { min: 1, max: 200, help: "corridor, repeated-bandit: how many steps an episode has at most" });
const chance = { min: 0.001, max: 0.999 };

const ADJUSTABLE: Readonly<Record<string, Adjustable>> = {
  chain: adjustable(
    { succeeds: real(0.75, { ...chance, help: "chain: how likely going on from the first state succeeds" }) },
    ({ succeeds }) => chain(succeeds),
  ),
  corridor: adjustable({ steps }, ({ steps }) => corridor(steps)),
  duel: adjustable(
    {
      prize: real(10, { ...reward, help: "duel: what the rare arm pays" }),
      chance: real(0.2, { ...chance, help: "duel: how likely the rare arm pays" }),
    },
    duel,
  ),
  refund: adjustable({ paid: real(3, { ...reward, help: "refund: what is paid first and taken back" }) }, ({ paid }) =>
    refund(paid),
  ),
  "repeated-bandit": adjustable(
    {
      steps: { ...steps, default: 4 },
      offset: real(1, { ...reward, help: "repeated-bandit: what every step pays" }),
      signal: real(0.5, { ...reward, help: "repeated-bandit: how much better the first arm is" }),
      noise: real(0, { ...reward, help: "repeated-bandit: what chance adds or takes" }),
    },
    repeatedBandit,
  ),
  random: adjustable(
    {
      seed: seed(0, { help: "random: of its rules, policy and critic" }),
      states: int(4, { min: 1, max: 100, help: "random: its states" }),
      actions: int(2, { min: 2, max: 20, help: "random: its actions" }),
    },
    randomWorld,
  ),
};

/** All options of worlds by name, for flags. */
export const WORLD_OPTIONS: Schema = Object.fromEntries(
  Object.values(ADJUSTABLE).flatMap(({ options }) => Object.entries(options)),
);

/** The names of all worlds, from what can be worked out on paper to what is drawn from a seed. */
export const WORLD_NAMES: readonly string[] = [
  "bandit",
  "one-step",
  "two-step",
  "chain",
  "loop",
  "grid",
  "duel",
  "refund",
  "repeated-bandit",
  "corridor",
  "random",
];

/** All worlds with a name, with the usual numbers in their rules. */
export function worlds(): readonly World[] {
  return WORLD_NAMES.map((name) => worldNamed(name));
}

/** The discount factor of an environment, which has none itself. */
const GAMMA_OF_ENVS = 0.99;

/**
 * The world of this name, with these options, or a registered environment with a table, such as `FrozenLake-v1`, whose policy
 * takes all actions equally often.
 *
 * @throws ConfigError for an unknown name or option, with the nearest known one, or an environment without a table
 */
export function worldNamed(name: string, given: Readonly<Record<string, unknown>> = {}): World {
  const entry = Object.hasOwn(ADJUSTABLE, name) ? ADJUSTABLE[name] : undefined;
  if (entry !== undefined) return entry.make(given);
  const [option] = Object.keys(given);
  if (option !== undefined) throw withoutOption(name, option, given[option]);
  const found = FIXED_WORLDS.find((world) => world.name === name);
  if (found !== undefined) return found;
  if (listEnvs().some(({ id }) => id === name)) return worldOfEnv(name);
  throw new ConfigError({
    field: "world",
    given: name,
    allowed: `one of ${WORLD_NAMES.join(", ")}, or an environment with a table`,
    nearest: nearest(name, WORLD_NAMES),
  });
}

/** The error of an option that this world doesn't have. */
function withoutOption(world: string, option: string, given: unknown): ConfigError {
  const owners = Object.keys(ADJUSTABLE).filter((name) => Object.hasOwn(ADJUSTABLE[name].options, option));
  const whose = owners.length === 0 ? "" : `: it is of ${owners.join(" and ")}`;
  return new ConfigError({
    field: `world.${option}`,
    given,
    allowed: `nothing, since ${world} has no such option${whose}`,
  });
}

function worldOfEnv(id: string): World {
  const env = makeRegistered(id, {});
  const table = "table" in env ? env.table : undefined;
  if (!isTable(table))
    throw new ConfigError({ field: "world", given: id, allowed: "an environment with a table, such as FrozenLake-v1" });
  return worldOf(table, { gamma: GAMMA_OF_ENVS, name: id, summary: "an environment's table" });
}
