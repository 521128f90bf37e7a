/** Answers with what is in the run folders. */

import type { ServerResponse } from "node:http";
import { setImmediate } from "node:timers/promises";
import { FileError } from "../file-error.js";
import { jsonIn } from "../reading.js";
import { OUTCOME } from "../sweeps/outcome-file.js";
import type { LabRun, LabRunDetails, LabSweep, LabSweepDetails } from "./answers.js";
import type { Catalogue } from "./catalogue.js";
import type { EventStreams } from "./event-streams.js";
import { readSlice } from "./log-slice.js";
import { type Place, readText } from "./open-file.js";
import type { DataRoute, RouteInFolder } from "./routes.js";
import { readRunRecord } from "./run-entry.js";
import { begin, JSON_TYPE, say, send, sendFile, sendJson, sendPiece } from "./sending.js";
import { readSweepOrStudy, SWEEP_FILES } from "./sweep-entry.js";

/** An outcome has about three thousand bytes. */
const OUTCOME_BYTES = 2 ** 20;

export interface Data {
  readonly catalogue: Catalogue;
  readonly streams: EventStreams;
}

/** Answers a request that may be answered. What is wrong with a run folder is the answer, and never ends the server. */
export function answerWithData(response: ServerResponse, route: DataRoute, data: Data): void {
  work(response, route, data).then(
    (isThere) => {
      if (!isThere) say(response, 404, "there is no such thing, or no more");
    },
    (error: unknown) => fail(response, error),
  );
}

/** Returns whether there is what the route names; otherwise nothing has been answered. */
async function work(response: ServerResponse, route: DataRoute, { catalogue, streams }: Data): Promise<boolean> {
  if (route.kind === "nothing") return false;
  if (route.kind === "list") sendJson(response, catalogue.since(route.after));
  else if (route.kind === "events") openStream(response, streams, route.after);
  else {
    const entry = catalogue.find(route.id);
    if (entry === undefined || entry.kind !== route.of) return false;
    const { place, shown } = entry;
    if (route.kind === "log") sendLog(response, place, route);
    else if (route.kind === "bytes") return sendFile(response, place, route.file, "application/octet-stream");
    else if (entry.kind === "run") sendRun(response, place, entry.shown);
    else if (route.kind === "details") sendSweep(response, place, entry.shown);
    else if (entry.shown.complete || entry.shown.kind === "study")
      return sendFile(response, place, SWEEP_FILES[entry.shown.kind].results, JSON_TYPE);
    else await sendOutcomes(response, catalogue.runsOf(shown.id));
  }
  return true;
}

function openStream(response: ServerResponse, streams: EventStreams, after: number): void {
  if (streams.full) {
    say(response, 503, "too many streams are open", { "Retry-After": "5" });
    return;
  }
  begin(response, 200, { "Content-Type": "text/event-stream" });
  if (response.req.method === "HEAD") response.end();
  else streams.open(response, after);
}

function sendLog(response: ServerResponse, place: Place, { file, after }: RouteInFolder & { kind: "log" }): void {
  const { bytes, next, replaced, left } = readSlice(place, file, after);
  const head = { "Lab-Next": next, "Lab-Replaced": replaced ? "yes" : "no", "Lab-Left": String(left) };
  send(response, 200, "application/jsonl", bytes, head);
}

function sendRun(response: ServerResponse, place: Place, run: LabRun): void {
  const { record = null } = readRunRecord(place);
  sendJson(response, { run, record } satisfies LabRunDetails);
}

function sendSweep(response: ServerResponse, place: Place, sweep: LabSweep): void {
  const { record = null } = readSweepOrStudy(place, sweep.kind);
  sendJson(response, { sweep, record } satisfies LabSweepDetails);
}

/** The outcomes of the runs that have ended, as `results.json` will have them. What is no outcome is left out. */
async function sendOutcomes(response: ServerResponse, runs: readonly Place[]): Promise<void> {
  begin(response, 200, { "Content-Type": JSON_TYPE });
  let sent = 0;
  for (const place of response.req.method === "HEAD" ? [] : runs) {
    if (response.destroyed) return;
    const outcome = outcomeIn(place);
    if (outcome !== undefined) await sendPiece(response, (sent++ === 0 ? "[\n" : ",\n") + outcome.trim());
    await setImmediate();
  }
  response.end(sent === 0 ? "[]\n" : "\n]\n");
}

function outcomeIn(place: Place): string | undefined {
  try {
    const text = readText(place, OUTCOME, OUTCOME_BYTES);
    const outcome = text === undefined ? undefined : jsonIn(text);
    return typeof outcome === "object" && outcome !== null && "id" in outcome ? text : undefined;
  } catch {
    return undefined;
  }
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) response.destroy();
  else if (error instanceof FileError) say(response, 422, error.message);
  else if (error instanceof RangeError) say(response, 422, "the file is nested too deeply");
  else say(response, 500, `this should not have happened; please report it: ${error}`);
}
