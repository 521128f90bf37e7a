import type { Report } from "../../findings.js";

const RANDOMNESS = [
  [globalThis.Math, "random"],
  [globalThis.crypto, "getRandomValues"],
  [globalThis.crypto, "randomUUID"],
] as const;
const CLOCKS = [
  [globalThis.Date, "now"],
  [globalThis.performance, "now"],
] as const;

/** Runs a function and reports whether it called `Math.random`, `crypto` or a clock. */
export function checkHidden(run: () => void, report: Report): void {
  const undo = [
    ...RANDOMNESS.map(([owner, name]) =>
      watch(owner, name, () =>
        report.error(
          "hidden-randomness",
          `${name} was called: no seed can repeat that. Take numbers from defaultRng(seed)`,
        ),
      ),
    ),
    ...CLOCKS.map(([owner, name]) =>
      watch(owner, name, () =>
        report.warn("clock", `${name} of the clock was read: results that depend on it can't be repeated`),
      ),
    ),
  ];
  try {
    run();
  } finally {
    for (const restore of undo) restore();
  }
}

function watch(owner: object | undefined, name: string, onCall: () => void): () => void {
  if (owner === undefined) return () => {};
  const own = Object.getOwnPropertyDescriptor(owner, name);
  const original = (owner as Record<string, (...given: unknown[]) => unknown>)[name];
  Object.defineProperty(owner, name, {
    configurable: true,
    writable: true,
    value(...given: unknown[]) {
      onCall();
      return original.apply(owner, given);
    },
  });
  return () => {
    if (own) Object.defineProperty(owner, name, own);
    else delete (owner as Record<string, unknown>)[name];
  };
}
