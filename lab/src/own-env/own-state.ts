/** The state of the room, and all that can be done in it. */

import { computed, effect, signal } from "@preact/signals";
import { settingsOf, withSetting } from "../share/address.js";
import { Engine } from "../state/engine.js";
import { hear, type LabRun, newRun } from "../state/lab.js";
import { type Arrived, arrived, ownLink, withCode } from "./arrived.js";
import { decodeCode, encodeCode } from "./code-in-link.js";
import { ask } from "./compiler.js";
import type { Problem } from "./compiler-protocol.js";
import { drawable } from "./drawable.js";
import { EXAMPLES } from "./examples.js";
import { keep, kept } from "./kept.js";
import type { FromOwn, OwnFinding } from "./own-protocol.js";
import { PATIENCE, Sandbox } from "./sandbox.js";

/** What the room does now. */
export type Work =
  | { readonly kind: "nothing" }
  | { readonly kind: "starting" }
  | { readonly kind: "checking"; readonly words: string }
  | { readonly kind: "training" };

export interface Trouble {
  readonly message: string;
  /** The line of the code, counted from 1. */
  readonly line: number | undefined;
}

const NOTHING: Work = { kind: "nothing" };
const first = kept();

export const code = signal(first?.code ?? EXAMPLES[0].code);
/** As in a link, without environment and code. */
export const settings = signal(first?.settings ?? "algorithm=ppo&seed=0&steps=60000");
export const former = signal(first?.former);
/** Whether the code came with a link and the visitor has not allowed it to run. */
export const foreign = signal(false);
export const work = signal<Work>(NOTHING);
/** What the compiler finds. Undefined while it is being loaded. */
export const problems = signal<readonly Problem[] | undefined>(undefined);
export const trouble = signal<Trouble | undefined>(undefined);
export const checked = signal<{ readonly id: string; readonly findings: readonly OwnFinding[] } | undefined>(undefined);
export const run = signal<LabRun | undefined>(undefined);
/** The run before, for comparison, if it was in an environment of the same name. */
export const before = signal<LabRun | undefined>(undefined);
export const framesPerSecond = signal(30);
/** The whole address of the run, with its code. */
export const address = computed(() =>
  ownLink.value === undefined ? undefined : `${location.href.replace(/#.*/, "")}#view=own&${ownLink.value}`,
);

/** The digest in the link that was opened, as long as nothing has been changed. */
let digest: string | undefined;
let sandbox: Sandbox | undefined;
let engine: Engine | undefined;

effect(() => {
  const mine = { code: code.value, settings: settings.value, former: former.value };
  // Whoever has done nothing here yet has no code of their own.
  if (!foreign.value && (mine.code !== EXAMPLES[0].code || kept() !== undefined)) keep(mine);
});
effect(() => {
  const one = arrived.value;
  if (one !== undefined) void take(one);
});

/** Shows code of a link. It does not run. */
async function take({ code: text, link }: Arrived): Promise<void> {
  arrived.value = undefined;
  try {
    const linked = await decodeCode(text);
    const own = kept()?.code;
    // A reload of one's own page is no foreign link.
    foreign.value = linked !== own;
    if (linked !== own) end();
    code.value = linked;
    const given = new URLSearchParams(link);
    digest = given.get("config") ?? undefined;
    for (const name of ["config", "env"]) given.delete(name);
    settings.value = given.toString();
  } catch (error) {
    trouble.value = { message: wordsOf(error), line: undefined };
  }
}

/** The visitor has read the code of the link, and lets it run. */
export function allow(): void {
  const own = kept()?.code;
  if (own !== undefined && own !== code.value) former.value = own;
  foreign.value = false;
  void train();
}

export function edit(text: string): void {
  if (text === code.value) return;
  code.value = text;
  trouble.value = undefined;
  checked.value = undefined;
}

/** Puts other code in the place of the present one, which is kept. */
export function replace(text: string): void {
  const now = kept()?.code ?? code.value;
  if (now !== text && EXAMPLES.every((example) => example.code !== now)) former.value = now;
  else if (former.value === text) former.value = undefined;
  if (foreign.value) ownLink.value = undefined;
  foreign.value = false;
  end();
  edit(text);
}

export function set(name: string, text: string | undefined): void {
  digest = undefined;
  // Options of another algorithm mean nothing here.
  const usual = ["algorithm", "seed", "steps"];
  const names = name === "algorithm" ? usual : [...settingsOf(settings.value).keys()];
  const dropped = [...settingsOf(settings.value).keys()].filter((key) => !names.includes(key));
  const rest = dropped.reduce((link, key) => withSetting(link, key, undefined), settings.value);
  settings.value = withSetting(rest, name, text);
}

export async function check(): Promise<void> {
  await start("check", (message) => {
    if (message.type === "doing") work.value = { kind: "checking", words: message.words };
    if (message.type !== "checked") return;
    checked.value = message;
    end();
  });
}

export async function train(): Promise<void> {
  await start("train", (message, here) => {
    if (message.type === "registered") begin(message.id, message.framesPerSecond, here);
  });
}

/** Ends whatever runs. What was learned so far stays in sight. */
export function end(): void {
  sandbox?.close();
  sandbox = engine = undefined;
  work.value = NOTHING;
  const one = run.value;
  if (one !== undefined && one.status.value !== "finished" && one.status.value !== "failed") {
    one.status.value = "failed";
    one.message.value ??= "The run was ended.";
  }
}

/** Gives the code a new sandbox: a name can be registered once. */
async function start(task: "check" | "train", told: (message: FromOwn, here: Sandbox) => void): Promise<void> {
  if (foreign.value) return;
  keep({ code: code.value, settings: settings.value, former: former.value });
  end();
  trouble.value = undefined;
  checked.value = undefined;
  work.value = { kind: "starting" };
  const starting = work.value;
  try {
    const emitted = await ask({ ask: "emit", code: code.value });
    if (work.value !== starting) return;
    const [broken] = emitted.problems;
    if (broken !== undefined) {
      const line = code.value.slice(0, broken.from).split("\n").length;
      return fail({ message: `This can't be read yet: ${broken.message}`, line });
    }
    const here = new Sandbox(
      { code: emitted.code, lines: emitted.lines, task },
      {
        told(message) {
          if (here !== sandbox) return;
          if (message.type === "threw") fail(message);
          else told(message, here);
        },
        silent: () =>
          fail({
            message: `Your code did not answer for ${PATIENCE} seconds, so it was stopped. Is there a loop that does not end?`,
            line: undefined,
          }),
        broken: (message) => fail({ message, line: undefined }),
      },
    );
    sandbox = here;
  } catch (error) {
    fail({ message: wordsOf(error), line: undefined });
  }
}

function fail(one: Trouble): void {
  trouble.value = { message: String(one.message), line: one.line };
  if (run.value !== undefined && work.value.kind === "training") run.value.message.value = trouble.value.message;
  end();
}

function begin(id: string, rate: number, here: Sandbox): void {
  const last = run.value;
  before.value = last?.begun.value?.config.env === id ? last : undefined;
  const now = newRun(0, "full");
  const text = code.value;
  let link = withSetting(settings.value, "env", id);
  if (digest !== undefined) link = `${link}&config=${digest}`;
  engine = new Engine(
    {
      catalogue() {},
      broken: (message) => fail({ message, line: undefined }),
      run(message) {
        if (message.run !== now.id || here !== sandbox) return;
        hear(now, message);
        if (message.type === "failed") fail({ message: message.message, line: trouble.value?.line });
        if (message.type === "begun") void remember(message.begun.link, text);
        if (now.status.value === "finished") work.value = NOTHING;
      },
    },
    here.engine,
  );
  framesPerSecond.value = rate > 0 ? rate : 30;
  run.value = now;
  work.value = { kind: "training" };
  engine.send({ type: "begin", run: now.id, from: { link }, pace: "full" });
}

async function remember(link: string, text: string): Promise<void> {
  ownLink.value = withCode(link, await encodeCode(text));
}

export function pause(): void {
  const one = run.value;
  if (one === undefined) return;
  const pace = one.pace.value === "paused" ? "full" : "paused";
  one.pace.value = pace;
  one.status.value = pace === "paused" ? "paused" : "training";
  engine?.send({ type: "pace", run: one.id, pace });
}

/** Plays an episode. Scenes are made by the user's code, so they are looked at before they are drawn. */
export const play: Engine["play"] = async (id, options) => {
  if (engine === undefined) throw new Error("The code no longer runs.");
  return engine.play(id, options, (frame) => ({
    ...frame,
    get scene() {
      return drawable(frame.scene);
    },
  }));
};

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
