/** The worker of the rooms that teach: it measures estimators, runs the programs of chapters, and knows the exercises. */

import { cells } from "virtual:learn/cells";
import { Measuring } from "./estimators/measuring.js";
import { menu } from "./estimators/menu.js";
import type { ExerciseEntry, FromTeacher, ToTeacher } from "./protocol.js";
import { shown } from "./shown.js";

function post(message: FromTeacher, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

/** Errors in promises reach neither the page nor `worker.onerror` by themselves. */
self.addEventListener("unhandledrejection", ({ reason }) => post({ type: "broken", message: messageOf(reason) }));

let measuring: Measuring | undefined;

self.addEventListener("message", ({ data }: MessageEvent<ToTeacher>) => {
  switch (data.type) {
    case "measure":
      measuring?.until(0);
      measuring = undefined;
      try {
        measuring = new Measuring(data.id, data.question, post);
      } catch (error) {
        post({ type: "refused", id: data.id, message: messageOf(error) });
      }
      break;
    case "until":
      if (measuring?.id === data.id) measuring.until(data.batches);
      break;
    default:
      answer(data).then(
        (result) => post({ type: "done", request: data.request, answer: result }),
        (error: unknown) => post({ type: "failed", request: data.request, message: messageOf(error) }),
      );
  }
});

post({ type: "menu", menu: menu() });

async function answer(message: Extract<ToTeacher, { readonly request: number }>): Promise<unknown> {
  switch (message.type) {
    case "run": {
      const { run } = await cells[message.cell]();
      await run(consoleFor(message.request));
      return undefined;
    }
    case "claim": {
      const { claims } = await import("ascent/lecture");
      const claim = claims.find(({ number }) => number === message.number);
      if (claim === undefined) throw new Error(`There is no claim ${message.number}.`);
      return claim.check();
    }
    case "exercises": {
      const { exercises } = await import("ascent/exercise");
      return exercises.map(
        ({ name, summary, tests }): ExerciseEntry => ({
          name,
          summary,
          tests: tests.map(({ name, subject, wants, needs = [], seconds, episodes }) => ({
            name,
            subject,
            wants,
            needs,
            seconds,
            episodes,
          })),
        }),
      );
    }
  }
}

/** What a program of a chapter sees as `console`: it prints on the page, as Node prints in a terminal. */
function consoleFor(request: number): Pick<Console, "log"> {
  return {
    log: (...values: unknown[]) => post({ type: "printed", request, text: values.map(shown).join(" ") }),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
