/** Keeps the runs that are training, and finds those that an earlier visit left behind. */

import { signal } from "@preact/signals";
import { History } from "../state/history.js";
import { begin, type LabRun, newGroup, runs, save } from "../state/lab.js";
import type { Kept } from "./kept.js";
import { all, put, remove } from "./store.js";

/** Milliseconds between two copies of a run. */
const EVERY = 5000;
/** Runs that nobody asked for in so many days are forgotten. */
const DAYS = 14;

const session = crypto.randomUUID();
const lockOf = (id: string): string => `ascent-lab ${id}`;

/** Runs of a visit that has ended: the page asks whether to go on with them. */
export const left = signal<readonly Kept[]>([]);

/** Begins to keep runs. Where the browser has no database, as in some private windows, nothing is kept. */
export async function startKeeping(): Promise<void> {
  // The lock says to other tabs that this visit goes on. It ends with the tab, however that ends.
  void navigator.locks?.request(lockOf(session), () => new Promise(() => undefined));
  try {
    left.value = await leftBehind();
  } catch {
    return;
  }
  setInterval(() => void keepAll(), EVERY);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") void keepAll();
  });
}

async function leftBehind(): Promise<Kept[]> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  const alive = new Set(held.map(({ name }) => name));
  const ended = (await all()).filter((kept) => !alive.has(lockOf(kept.session)));
  const oldest = Date.now() - DAYS * 86_400_000;
  for (const kept of ended) if (kept.saved < oldest) await remove(kept.session, kept.run);
  return ended.filter(({ saved }) => saved >= oldest);
}

const kept = new Map<LabRun, number>();

async function keepAll(): Promise<void> {
  const present = new Set(runs.peek());
  for (const run of kept.keys())
    if (!present.has(run) || run.status.peek() === "finished") {
      kept.delete(run);
      await remove(session, run.id);
    }
  for (const run of present) if (run.status.peek() === "training" || run.status.peek() === "paused") await keep(run);
}

async function keep(run: LabRun): Promise<void> {
  const begun = run.begun.peek();
  const updates = run.history.updateCount;
  if (begun === undefined || updates === 0 || kept.get(run) === updates) return;
  const checkpoint = await save(run.id, "checkpoint");
  // The checkpoint may be of an update that the page has not heard of yet: it comes with the next report.
  await put({
    session,
    run: run.id,
    group: run.group,
    saved: Date.now(),
    link: begun.link,
    episodes: run.history.episodes.return.length,
    checkpoint,
    history: run.history.data(),
  });
  kept.set(run, updates);
}

/** Goes on with the runs that were left behind. */
export async function goOn(): Promise<void> {
  // Numbers of groups are those of a visit: here they are others.
  const groups = new Map<string, number>();
  for (const { checkpoint, history, session, run, group: before } of left.value) {
    const key = `${session} ${before}`;
    if (before !== undefined && !groups.has(key)) groups.set(key, newGroup());
    begin({ checkpoint }, "full", History.from(history), groups.get(key));
    await remove(session, run);
  }
  left.value = [];
}

export async function forget(): Promise<void> {
  for (const { session, run } of left.value) await remove(session, run);
  left.value = [];
}
