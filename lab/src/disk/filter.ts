/** Finds runs by what is typed: `env:CartPole algorithm:ppo solved -seed:3 mean>400`. */

import type { DiskRun } from "./folders.js";

type Texts = (run: DiskRun) => readonly (string | null | undefined)[];

const FIELDS: Readonly<Record<string, Texts>> = {
  name: (run) => [run.name],
  algorithm: (run) => [run.algorithm],
  env: (run) => [run.env],
  preset: (run) => [run.preset],
  state: (run) => [run.state],
  verdict: (run) => [run.verdict?.kind],
  kind: (run) => [run.kind],
};
const NUMBERS: Readonly<Record<string, (run: DiskRun) => number | null>> = {
  mean: (run) => run.averageReturn,
  episodes: (run) => run.episodes,
  steps: (run) => run.steps,
  updates: (run) => run.updates,
  seed: (run) => (run.seed === null ? null : Number(run.seed)),
};

type Test = (run: DiskRun) => boolean;

/** All words have to fit. A word that begins with a minus must not. */
export function filterOf(typed: string): Test {
  const tests = (typed.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? []).map((word) => {
    const plain = word.replaceAll('"', "");
    return plain.length > 1 && plain.startsWith("-") && !/^-\d/.test(plain)
      ? not(testOf(plain.slice(1)))
      : testOf(plain);
  });
  return (run) => tests.every((test) => test(run));
}

function not(test: Test): Test {
  return (run) => !test(run);
}

function testOf(word: string): Test {
  const [, name, sign, number] = /^([a-z]+)(<=|>=|<|>|=)(-?[\d.]+(?:e[+-]?\d+)?)$/i.exec(word) ?? [];
  const read = Object.hasOwn(NUMBERS, name ?? "") ? NUMBERS[name] : undefined;
  if (read !== undefined) return comparing(read, sign, Number(number));
  const [, field, text] = /^([a-z]+):(.*)$/i.exec(word) ?? [];
  if (field === "seed") return (run) => text === "" || run.seed === text;
  const known = Object.hasOwn(FIELDS, field ?? "") ? FIELDS[field] : undefined;
  const wanted = (known === undefined ? word : text).toLowerCase();
  const texts: Texts = known ?? ((run) => Object.values(FIELDS).flatMap((own) => own(run)));
  return (run) => texts(run).some((one) => one?.toLowerCase().includes(wanted));
}

function comparing(read: (run: DiskRun) => number | null, sign: string, bound: number): Test {
  return (run) => {
    const value = read(run);
    if (value === null) return false;
    if (sign === "=") return value === bound;
    return (
      (sign.startsWith("<") ? value < bound : value > bound) ||
      (sign.endsWith("=") && sign.length > 1 && value === bound)
    );
  };
}
