/** The runs and sweeps on disk, as the server last told them, and whether it still tells. */

import { signal } from "@preact/signals";
import type { LabChanges, LabFolder, LabRun, LabSweep } from "ascent/node";
import { ask, Refused, reasonOf } from "./asking.js";
import { EventText } from "./event-text.js";

export type DiskRun = LabRun;
export type DiskSweep = LabSweep;

export type Connection =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  /** The server is away, and is asked again at a time, in milliseconds since 1970. */
  | { readonly kind: "away"; readonly why: string; readonly again: number }
  /** The token is that of another lab, so asking again is of no use. */
  | { readonly kind: "refused" };

export const diskRuns = signal<ReadonlyMap<string, DiskRun>>(new Map());
export const diskSweeps = signal<ReadonlyMap<string, DiskSweep>>(new Map());
export const folders = signal<readonly LabFolder[]>([]);
/** Whether all folders have been looked through. */
export const complete = signal(false);
export const connection = signal<Connection>({ kind: "connecting" });

/** The server gives a sign of life every 15 seconds. */
const SILENCE_MS = 40_000;
const WAITS_MS = [500, 1000, 2000, 4000, 8000, 15_000];

let revision = 0;
let watchers = 0;
let stop = new AbortController();
let wake = (): void => {};

/** Listens as long as somebody watches. Returns how to end that. */
export function watchFolders(): () => void {
  if (++watchers === 1) {
    stop = new AbortController();
    void listen(stop.signal);
  }
  return () => {
    if (--watchers === 0) stop.abort();
  };
}

/** Asks again at once, if the server was away. */
export function tryNow(): void {
  wake();
}

async function listen(ended: AbortSignal): Promise<void> {
  for (let failures = 0; !ended.aborted; ) {
    const why = await follow(ended, () => (failures = 0));
    if (ended.aborted) return;
    if (why === "refused") {
      connection.value = { kind: "refused" };
      return;
    }
    const wait = WAITS_MS[Math.min(failures++, WAITS_MS.length - 1)];
    connection.value = { kind: "away", why, again: Date.now() + wait };
    await new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, wait);
      ended.addEventListener("abort", () => resolve(), { once: true });
    });
  }
}

/** Takes one stream to its end, and returns why it ended. */
async function follow(ended: AbortSignal, heard: () => void): Promise<string> {
  const silent = new AbortController();
  const both = AbortSignal.any([ended, silent.signal]);
  let alarm: ReturnType<typeof setTimeout> | undefined;
  const rewind = (): void => {
    clearTimeout(alarm);
    alarm = setTimeout(() => silent.abort(), SILENCE_MS);
  };
  try {
    rewind();
    const { body } = await ask(`events?after=${revision}`, both);
    if (body === null) return "`ascent lab` gave no stream.";
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    const events = new EventText();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return "The connection to `ascent lab` ended.";
      rewind();
      for (const { event, data } of events.add(value)) {
        if (event === "end") return "`ascent lab` was ended.";
        heard();
        take(JSON.parse(data) as LabChanges);
      }
    }
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return "refused";
    return silent.signal.aborted ? "`ascent lab` has fallen silent." : reasonOf(error);
  } finally {
    clearTimeout(alarm);
  }
}

function take(changes: LabChanges): void {
  const runs = new Map(changes.anew ? [] : diskRuns.peek());
  const sweeps = new Map(changes.anew ? [] : diskSweeps.peek());
  for (const id of changes.removed) {
    runs.delete(id);
    sweeps.delete(id);
  }
  for (const run of changes.runs) runs.set(run.id, run);
  for (const sweep of changes.sweeps) sweeps.set(sweep.id, sweep);
  revision = changes.revision;
  if (changes.anew || changes.runs.length + changes.removed.length > 0) diskRuns.value = runs;
  if (changes.anew || changes.sweeps.length + changes.removed.length > 0) diskSweeps.value = sweeps;
  folders.value = changes.folders;
  complete.value = changes.complete;
  if (connection.peek().kind !== "live") connection.value = { kind: "live" };
}
