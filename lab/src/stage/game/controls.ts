/** Which key does what in an environment. */

import type { SpaceDescription } from "ascent/spaces";
import type { Action } from "../../protocol.js";
import { familyOf, namesOf } from "../action-names.js";

/** One button: an action, or one number of a continuous action. */
export interface Button {
  /** As `KeyboardEvent.key` gives it, in lower case. */
  readonly key: string;
  /** As it is written on the button. */
  readonly sign: string;
  readonly label: string;
  readonly does: number | { readonly axis: number; readonly value: number };
}

export interface Controls {
  readonly buttons: readonly Button[];
  /** One step for each press, instead of so many steps a second. */
  readonly turns: boolean;
  /** What happens while nothing is held: these in turn. */
  readonly rest: readonly Action[];
  /** In words, where it needs any. */
  readonly restText: string | undefined;
  readonly slider: Slider | undefined;
}

/** For an action that is a single number between two bounds. */
export interface Slider {
  readonly low: number;
  readonly high: number;
  readonly label: string;
  readonly mirrored: boolean;
}

const ARROWS: Readonly<Record<string, string>> = {
  "←": "arrowleft",
  "→": "arrowright",
  "↑": "arrowup",
  "↓": "arrowdown",
};

interface Known {
  /** A key for each action; an empty text for the action that happens while nothing is held. */
  readonly keys: readonly string[];
  readonly turns?: boolean;
}

const DIRECTIONS: Known = { keys: ["↑", "→", "↓", "←"], turns: true };
const LAKE: Known = { keys: ["←", "↓", "→", "↑"], turns: true };
const KNOWN: Readonly<Record<string, Known>> = {
  CartPole: { keys: ["←", "→"] },
  Acrobot: { keys: ["←", "", "→"] },
  MountainCar: { keys: ["←", "", "→"] },
  LunarLander: { keys: ["", "←", "↑", "→"] },
  FrozenLake: LAKE,
  FrozenLake8x8: LAKE,
  CliffWalking: DIRECTIONS,
  CliffWalkingSlippery: DIRECTIONS,
  GridWorld: DIRECTIONS,
  Taxi: { keys: ["↓", "↑", "→", "←", "P", "D"], turns: true },
  Blackjack: { keys: ["S", "H"], turns: true },
  RockPaperScissors: { keys: ["R", "P", "S"], turns: true },
};

/** Where larger numbers turn to the left, because angles grow that way. */
const MIRRORED: ReadonlySet<string> = new Set(["Pendulum"]);

/** Undefined for actions that a few keys can't give. */
export function controlsOf(env: string, space: SpaceDescription | undefined): Controls | undefined {
  const names = namesOf(env, space);
  if (space?.kind === "discrete") return choosing(KNOWN[familyOf(env)], space, names);
  if (space?.kind === "box") return steering(space, names, MIRRORED.has(familyOf(env)));
  return undefined;
}

function choosing(
  known: Known | undefined,
  { n, start }: { readonly n: number; readonly start: number },
  names: readonly string[] | undefined,
): Controls | undefined {
  const fits = known?.keys.length === n;
  if (!fits && n > 10) return undefined;
  const signs = fits ? known.keys : Array.from({ length: n }, (_, a) => String((a + 1) % 10));
  const buttons = signs.flatMap((sign, a) =>
    sign === "" ? [] : [button(sign, names?.[a] ?? `action ${start + a}`, start + a)],
  );
  const idle = signs.indexOf("");
  const turns = !fits || known.turns === true;
  return {
    buttons,
    turns,
    rest: idle >= 0 ? [start + idle] : buttons.map((_, a) => start + a),
    restText: turns || idle >= 0 ? undefined : "While no key is held, the two take turns.",
    slider: undefined,
  };
}

/** Arrows for one number; the arrow upwards for the first of two, and sideways for the second. */
function steering(
  { low, high }: { readonly low: readonly (number | null)[]; readonly high: readonly (number | null)[] },
  names: readonly string[] | undefined,
  mirrored: boolean,
): Controls | undefined {
  const bounds = low.map((from, j) => ({ from, to: high[j] }));
  if (bounds.length > 2 || bounds.length === 0) return undefined;
  const [first, last] = [bounds[0], bounds[bounds.length - 1]];
  if (first.from === null || first.to === null || last.from === null || last.to === null) return undefined;
  const name = (j: number): string => names?.[j] ?? `number ${j + 1}`;
  const side = bounds.length - 1;
  const [left, right] = mirrored ? [last.to, last.from] : [last.from, last.to];
  const up = bounds.length === 2 ? [button("↑", name(0), { axis: 0, value: first.to })] : [];
  return {
    buttons: [
      button("←", `${name(side)} ${text(left)}`, { axis: side, value: left }),
      ...up,
      button("→", `${name(side)} ${text(right)}`, { axis: side, value: right }),
    ],
    turns: false,
    rest: [bounds.map(({ from, to }) => Math.min(to as number, Math.max(from as number, 0)))],
    restText: undefined,
    slider: bounds.length === 1 ? { low: last.from, high: last.to, label: name(0), mirrored } : undefined,
  };
}

function button(sign: string, label: string, does: Button["does"]): Button {
  return { key: ARROWS[sign] ?? sign.toLowerCase(), sign, label, does };
}

function text(x: number): string {
  return String(x).replace("-", "−");
}

/** What the hands do at a step: the button that was pressed last, or all that are held where they act on several numbers. */
export function actionOf(
  { rest, slider }: Controls,
  { held, slid, step }: { readonly held: readonly Button[]; readonly slid: number; readonly step: number },
): Action {
  const idle = rest[step % rest.length];
  if (typeof idle === "number") {
    const does = held.at(-1)?.does;
    return typeof does === "number" ? does : idle;
  }
  const action = slider !== undefined && held.length === 0 ? [slid] : [...idle];
  for (const { does } of held) if (typeof does === "object") action[does.axis] = does.value;
  return action;
}
