/** The page's end of the conversation with the worker of this room. The worker starts with the room. */

import { signal } from "@preact/signals";
import type { FromLinguist, PartName, ToLinguist } from "./protocol.js";

type Told<T extends FromLinguist["type"]> = Extract<FromLinguist, { readonly type: T }>;
type Listeners = { [T in FromLinguist["type"]]?: (message: Told<T>) => void };

/** Why nothing works, or why a part does not. */
export const trouble = signal<string | undefined>(undefined);
export const failures = {
  exact: signal<string | undefined>(undefined),
  reviews: signal<string | undefined>(undefined),
  cards: signal<string | undefined>(undefined),
} satisfies Record<PartName, unknown>;

/** Where the shipped model is: beside the page, below whatever path. */
export const MODEL = new URL("sentiment.safetensors", document.baseURI).href;

const listeners: Listeners[] = [];
let worker: Worker | undefined;

/** Each part hears of what concerns it. */
export function hear(more: Listeners): void {
  listeners.push(more);
}

export function tell(message: ToLinguist): void {
  worker ??= started();
  worker.postMessage(message);
}

function started(): Worker {
  // The address has to stand in the call, or the build would not see that there is a worker.
  const fresh = new Worker(new URL("./language-worker.ts", import.meta.url), { type: "module" });
  fresh.addEventListener("error", (event) => {
    trouble.value = event.message || "The part that computes could not be loaded.";
  });
  fresh.addEventListener("message", ({ data }: MessageEvent<FromLinguist>) => told(data));
  return fresh;
}

function told(message: FromLinguist): void {
  if (message.type === "broken") trouble.value = message.message;
  if (message.type === "failed") failures[message.part].value = message.message;
  // The types of name and listener belong together, which the compiler can't see.
  for (const of of listeners) (of[message.type] as ((message: FromLinguist) => void) | undefined)?.(message);
}
