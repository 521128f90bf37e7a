/**
 * The engine of this room. It trains in the user's environment, so it runs in a worker of its own, below a page that may load
 * nothing and keep nothing (`lab/public/own-env.html`). It is started anew for each version of the code.
 */

import { catalogue } from "../engine/catalogue.js";
import { LabRun } from "../engine/lab-run.js";
import { Rounds } from "../engine/rounds.js";
import type { FromEngine, RunId, ToEngine } from "../protocol.js";
import { findingsOf } from "./check.js";
import type { FromOwn, Start, ToOwn } from "./own-protocol.js";
import { lineOf } from "./place-of-error.js";
import { runCode } from "./run-code.js";

self.addEventListener(
  "message",
  ({ data, ports: [own, engine] }: MessageEvent<Start>) => {
    const tell = (message: FromOwn): void => own.postMessage(message);
    const threw = (error: unknown): void =>
      tell({ type: "threw", message: messageOf(error), line: lineOf(error, data.lines) });
    own.onmessage = ({ data: { type } }: MessageEvent<ToOwn>) => {
      if (type === "ping") tell({ type: "pong" });
    };
    self.addEventListener("unhandledrejection", ({ reason }) => threw(reason));
    self.addEventListener("error", (event) => {
      event.preventDefault();
      threw(event.error);
    });
    tell({ type: "ready" });
    begin(data, tell, engine, threw).catch(threw);
  },
  { once: true },
);

async function begin(
  { code, task }: Start,
  tell: (message: FromOwn) => void,
  port: MessagePort,
  threw: (error: unknown) => void,
): Promise<void> {
  const { id, framesPerSecond = 30 } = await runCode(code);
  if (task === "check") {
    const findings = findingsOf(id, (words) => tell({ type: "doing", words }));
    tell({ type: "checked", id, findings });
    return;
  }
  serveRun(port, threw);
  tell({ type: "registered", id, framesPerSecond });
}

/** Answers to what the page asks of the one run. */
function serveRun(port: MessagePort, threw: (error: unknown) => void): void {
  const runs = new Map<RunId, LabRun>();
  const post = (message: FromEngine): void => port.postMessage(message);
  const rounds = new Rounds(runs, post, threw);
  port.onmessage = ({ data }: MessageEvent<ToEngine>) => {
    if (!("run" in data)) return;
    try {
      answer(data);
    } catch (error) {
      threw(error);
      post({ type: "failed", run: data.run, message: messageOf(error) });
    }
  };
  post({ type: "catalogue", catalogue: catalogue() });

  function answer(message: Extract<ToEngine, { readonly run: RunId }>): void {
    if (message.type === "begin") {
      const begun = new LabRun(message.from, message.pace);
      runs.set(message.run, begun);
      post({ type: "begun", run: message.run, begun: begun.begun });
    }
    const run = runs.get(message.run);
    if (run === undefined) return;
    if (message.type === "pace") run.pace = message.pace;
    else if (message.type === "step") run.owed = message.by;
    else if (message.type === "play")
      for (const part of run.play(message.options))
        post({ type: "played", run: message.run, request: message.request, part });
    rounds.wake();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
