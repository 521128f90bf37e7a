/**
 * A JSON Schema for sweeps in files, from the declarations of options: an editor completes and checks `sweep.json` by it.
 *
 * It refuses what a look at names and values shows: those that the algorithm and the environment of the file don't know, and
 * values of the wrong type or out of range. Settings that contradict each other are left to `planSweep`.
 */

import { listAlgorithms } from "../algorithms/registry.js";
import { listEnvs } from "../envs/registry.js";
import { real, type Schema, seed } from "../options.js";
import { endOptions, runOptions } from "../training/run-options.js";
import { drawOptions } from "./plan-sweep.js";
import { RANGE_TEXT, SCALES } from "./range.js";
import { MOST_SEEDS, USUAL_SEEDS } from "./seeds.js";
import { anyOf, type JsonSchema, valueSchema } from "./value-schema.js";

/** The values of settings, by their names in a sweep. */
type Values = Readonly<Record<string, JsonSchema>>;

/** Algorithms or environments: each brings settings of its own. */
interface Axis {
  readonly field: "algorithm" | "env";
  /** The one of a sweep that names none. */
  readonly usual: string;
  /** The names of settings that are not its own. */
  readonly others: RegExp;
  readonly subjects: readonly Subject[];
}
interface Subject {
  readonly name: string;
  /** What may be varied with it. */
  readonly values: Values;
  /** The fields that all runs share, made from those. */
  shared(at: (setting: string) => JsonSchema): Values;
}

/** The schema for every registered algorithm and environment, those of imported modules among them. */
export function sweepSchema(): JsonSchema {
  const names: Values = {
    algorithm: { enum: listAlgorithms().map(({ name }) => name), description: "the algorithm of the runs" },
    env: { enum: listEnvs().map(({ id }) => id), description: "the environment of the runs" },
  };
  const algorithms = listAlgorithms().map((algorithm): Subject => {
    const { seed: _, ...run } = runOptions(algorithm);
    const own = valuesOf(algorithm.options);
    return {
      name: algorithm.name,
      values: { ...names, ...valuesOf(run), ...limits(), ...own },
      shared: (at) => ({ preset: at("preset"), options: fields(mapped(own, at)) }),
    };
  });
  const envs = listEnvs().map(({ id, options }): Subject => {
    const own = valuesOf(options);
    const values = Object.fromEntries(Object.entries(own).map(([name, value]) => [`env.${name}`, value]));
    return {
      name: id,
      values,
      shared: (at) => ({ envOptions: fields(mapped(own, (name) => at(`env.${name}`))) }),
    };
  });
  const axes: readonly Axis[] = [
    { field: "algorithm", usual: "reinforce", others: /^env\./, subjects: algorithms },
    { field: "env", usual: "CartPole-v1", others: /^(?!env\.)/, subjects: envs },
  ];
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A sweep of Ascent",
    description: "npx ascent sweep sweep.json trains every combination of settings, each with several seeds",
    ...fields(topLevel(names)),
    allOf: [
      ...axes.flatMap(rulesOf),
      where(isDrawn, { required: ["sample"] }),
      where({ required: ["sample"] }, isDrawn),
    ],
    $defs: Object.assign({ range }, ...axes.map(spacesOf)),
  };
}

const isDrawn: JsonSchema = { required: ["draw"], properties: { draw: { type: "object", minProperties: 1 } } };

const range: JsonSchema = {
  description: "a range to draw from, such as log(1e-5, 1e-1)",
  anyOf: [
    { type: "string", pattern: RANGE_TEXT.source },
    {
      type: "object",
      properties: { scale: { enum: SCALES }, from: { type: "number" }, to: { type: "number" } },
      required: ["scale", "from", "to"],
    },
  ],
};

/** The fields of a sweep, whatever it trains. */
function topLevel({ algorithm, env }: Values): Values {
  const named = (description: string): JsonSchema => ({ type: "object", description });
  const one = valueSchema(seed(0, { help: "" }));
  return {
    $schema: { type: "string", description: "where this schema is, for editors" },
    algorithm,
    env,
    envOptions: named("options of the environment, for all runs"),
    preset: { type: "string", description: "settings to start from, for all runs" },
    options: named("options of the algorithm that differ from the preset, for all runs"),
    ...valuesOf(endOptions),
    ...limits(),
    until: valueSchema(real(0, { help: "ends a run when its last 100 episodes average this much" })),
    grid: named("values by setting: every combination is trained. Options of the environment are env.name"),
    draw: named("ranges or lists by setting, from which points are drawn; each is combined with the grid"),
    ...valuesOf(drawOptions),
    when: named("settings that are varied only where others have these values"),
    seeds: {
      description: "how many seeds (0, 1, 2 …) each setting is trained with, or which",
      default: USUAL_SEEDS,
      anyOf: [
        { type: "integer", minimum: 1, maximum: MOST_SEEDS },
        { type: "array", items: one, minItems: 1, uniqueItems: true },
      ],
    },
  };
}

/** The two limits of a run may also be null: none. */
function limits(): Values {
  const { episodes, steps } = endOptions;
  const nullable = (value: JsonSchema): JsonSchema => ({ ...value, type: ["integer", "null"] });
  return { episodes: nullable(valueSchema(episodes)), steps: nullable(valueSchema(steps)) };
}

function valuesOf(schema: Schema): Values {
  return Object.fromEntries(Object.entries(schema).map(([name, option]) => [name, valueSchema(option)]));
}

function fields(properties: Values): JsonSchema {
  return { type: "object", properties, additionalProperties: false };
}

function where(condition: JsonSchema, rule: JsonSchema): JsonSchema {
  // biome-ignore lint/suspicious/noThenProperty: it is a word of JSON Schema, and nobody awaits a schema.
  return { if: condition, then: rule };
}

/** What holds where a file has a subject: its settings where it is the only one, and its shared fields in any case. */
function rulesOf({ field, usual, subjects }: Axis): JsonSchema[] {
  const within = (place: "grid" | "draw", value: JsonSchema): JsonSchema => ({
    required: [place],
    properties: { [place]: { type: "object", required: [field], properties: { [field]: value } } },
  });
  const varied = { anyOf: [within("grid", {}), within("draw", {})] };
  const rules = subjects.flatMap(({ name, shared }) => {
    const place = `${field}.${name}`;
    const named = name === usual ? {} : { required: [field] };
    const alone = { not: varied, properties: { [field]: { const: name } }, ...named };
    const listed = { type: "array", contains: { const: name } };
    return [
      where(alone, { $ref: placeOf(place) }),
      where(
        { anyOf: [alone, within("grid", listed), within("draw", listed)] },
        { properties: shared((setting) => ({ $ref: placeOf(place, setting) })) },
      ),
    ];
  });
  return [...rules, where(varied, { $ref: placeOf(field) })];
}

/** What may be varied with each subject, and under the name of the axis what may be with any. */
function spacesOf({ field, others, subjects }: Axis): Values {
  const names = [...new Set(subjects.flatMap(({ values }) => Object.keys(values)))];
  const all = Object.fromEntries(
    names.map((name) => [name, anyOf(subjects.flatMap(({ values }) => (name in values ? [values[name]] : [])))]),
  );
  const spaces = [...subjects.map(({ name, values }) => [`${field}.${name}`, values] as const), [field, all] as const];
  return Object.fromEntries(spaces.map(([place, values]) => [place, spaceOf(place, values, others)]));
}

/** The fields that vary settings, as far as they are about these; `others` are not looked at. */
function spaceOf(place: string, values: Values, others: RegExp): JsonSchema {
  const about = (properties: Values, rest: JsonSchema | true = true): JsonSchema => ({
    ...fields(properties),
    patternProperties: { [others.source]: rest },
  });
  const value = (name: string): JsonSchema => ({ $ref: placeOf(place, name) });
  const listed = (name: string): JsonSchema => {
    const { description } = values[name];
    return { type: "array", items: value(name), minItems: 1, ...(description === undefined ? {} : { description }) };
  };
  const list = (name: string): JsonSchema => ({
    $ref: `${placeOf(place)}/properties/grid/properties/${escaped(name)}`,
  });
  const drawn = (name: string): JsonSchema =>
    isNumeric(values[name]) ? { anyOf: [list(name), { $ref: placeOf("range") }] } : list(name);
  const condition = { $ref: placeOf(place, CONDITION) };
  return {
    properties: {
      grid: about(mapped(values, listed)),
      draw: about(mapped(values, drawn)),
      when: about(
        mapped(values, () => condition),
        condition,
      ),
    },
    $defs: {
      ...values,
      [CONDITION]: { ...about(mapped(values, (name) => ({ anyOf: [value(name), list(name)] }))), minProperties: 1 },
    },
  };
}

function mapped(values: Values, schemaOf: (name: string) => JsonSchema): Values {
  return Object.fromEntries(Object.keys(values).map((name) => [name, schemaOf(name)]));
}

/** No option has such a name. */
const CONDITION = "a condition";

/** The address of a definition, or of one that it has itself. */
function placeOf(...names: readonly string[]): string {
  return `#/$defs/${names.map(escaped).join("/$defs/")}`;
}

/** A name as a part of such an address. */
function escaped(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function isNumeric({ type, anyOf = [] }: JsonSchema): boolean {
  const types = [type].flat();
  return types.includes("number") || types.includes("integer") || (anyOf as readonly JsonSchema[]).some(isNumeric);
}
