/** The page's end of the conversation with the worker of the rooms that teach. The worker starts with the first of them. */

import { signal } from "@preact/signals";
import type { FromTeacher, Measured, Menu, Opened, ToTeacher } from "./protocol.js";

/** Why nothing can be run or measured. */
export const trouble = signal<string | undefined>(undefined);
export const menu = signal<Menu | undefined>(undefined);

/** What is told of the latest measurement. */
export interface MeasurementEvents {
  opened(id: number, opened: Opened): void;
  measured(id: number, measured: Measured): void;
  refused(id: number, message: string): void;
}

interface Waiting {
  readonly print: (text: string) => void;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

let worker: Worker | undefined;
let requests = 0;
const waiting = new Map<number, Waiting>();
let listener: MeasurementEvents | undefined;

/** Who hears of measurements. */
export function hearMeasurements(events: MeasurementEvents): void {
  listener = events;
}

/** Starts the worker, if it isn't there yet. */
function wake(): Worker {
  if (worker !== undefined) return worker;
  // The address has to stand in the call, or the build would not see that there is a worker.
  worker = new Worker(new URL("./lesson-worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("error", (event) => {
    trouble.value = event.message || "The part that computes could not be loaded.";
  });
  worker.addEventListener("message", ({ data }: MessageEvent<FromTeacher>) => hear(data));
  return worker;
}

export function tell(message: ToTeacher): void {
  wake().postMessage(message);
}

function hear(message: FromTeacher): void {
  switch (message.type) {
    case "menu":
      menu.value = message.menu;
      return;
    case "broken":
      trouble.value = message.message;
      return;
    case "opened":
      listener?.opened(message.id, message.opened);
      return;
    case "measured":
      listener?.measured(message.id, message.measured);
      return;
    case "refused":
      listener?.refused(message.id, message.message);
      return;
  }
  const asked = waiting.get(message.request);
  if (asked === undefined) return;
  if (message.type === "printed") {
    asked.print(message.text);
    return;
  }
  waiting.delete(message.request);
  if (message.type === "done") asked.resolve(message.answer);
  else asked.reject(new Error(message.message));
}

function ask(message: (request: number) => ToTeacher, print: (text: string) => void = () => {}): Promise<unknown> {
  const request = ++requests;
  return new Promise((resolve, reject) => {
    waiting.set(request, { print, resolve, reject });
    tell(message(request));
  });
}

/** Runs a program of a chapter. `print` hears each line. */
export async function runCell(cell: string, print: (text: string) => void): Promise<void> {
  await ask((request) => ({ type: "run", request, cell }), print);
}

/** Measures a claim anew. */
export function measureClaim(number: number): Promise<unknown> {
  return ask((request) => ({ type: "claim", request, number }));
}

export function askForExercises(): Promise<unknown> {
  return ask((request) => ({ type: "exercises", request }));
}
