/** The engine's end of the conversation with the page. All training happens here, so the page stays free to draw and answer. */

import type { FromEngine, RunId, ToEngine } from "../protocol.js";
import { catalogue } from "./catalogue.js";
import { LabRun } from "./lab-run.js";
import { Rounds } from "./rounds.js";
import { Seat } from "./seat.js";

const runs = new Map<RunId, LabRun>();
const rounds = new Rounds(runs, post);
let seat: Seat | undefined;

function post(message: FromEngine, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

/** Errors in promises reach neither the page nor `worker.onerror` by themselves. */
self.addEventListener("unhandledrejection", ({ reason }) => {
  post({ type: "broken", message: messageOf(reason) });
});

self.addEventListener("message", ({ data }: MessageEvent<ToEngine>) => {
  answer(data).catch((error: unknown) => {
    const message = messageOf(error);
    post("run" in data ? { type: "failed", run: data.run, message } : { type: "broken", message });
  });
});

post({ type: "catalogue", catalogue: catalogue() });

async function answer(message: ToEngine): Promise<void> {
  if (message.type === "begin") {
    const run = new LabRun(message.from, message.pace);
    runs.set(message.run, run);
    post({ type: "begun", run: message.run, begun: run.begun });
    rounds.wake();
    return;
  }
  if (message.type === "sit") {
    seat = new Seat(message.seat);
    return post({ type: "seated", request: message.request, moment: seat.deal(0) });
  }
  if (message.type === "deal" || message.type === "move") {
    if (seat === undefined) throw new Error("Nobody has taken a seat.");
    const moment = message.type === "deal" ? seat.deal(message.seed) : seat.move(message.action);
    return post({ type: "seated", request: message.request, moment });
  }
  const run = runs.get(message.run);
  if (run === undefined) return;
  switch (message.type) {
    case "pace":
      run.pace = message.pace;
      break;
    case "step":
      run.owed = message.by;
      break;
    case "drop":
      runs.delete(message.run);
      break;
    case "play":
      for (const part of run.play(message.options))
        post({ type: "played", run: message.run, request: message.request, part });
      break;
    case "look":
      post({ type: "looked", run: message.run, request: message.request, look: run.look(message.at) });
      break;
    case "save": {
      const bytes = await run.save(message.as);
      rounds.report(message.run, run);
      post({ type: "saved", run: message.run, request: message.request, bytes }, [bytes.buffer]);
      break;
    }
    case "diagnose": {
      const diagnosis = await import("./diagnosis.js").then(
        ({ diagnosisOf }) => diagnosisOf(run, message.history),
        () => "not loaded" as const,
      );
      post({ type: "diagnosed", run: message.run, request: message.request, diagnosis });
      break;
    }
    case "report": {
      const { reportOf } = await import("./report.js");
      const bytes = await reportOf(run, message.history);
      rounds.report(message.run, run);
      post({ type: "saved", run: message.run, request: message.request, bytes }, [bytes.buffer]);
    }
  }
  rounds.wake();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
