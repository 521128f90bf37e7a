/** What an address asks for. An address never becomes a path of the disk: it has names of this list, and ids. */

import { BEST, CHECKPOINT, EVALUATIONS, METRICS, WEIGHTS } from "../run-folder.js";
import { LEGS } from "../sweeps/tune-folder.js";
import { type Cursor, cursorIn } from "./log-slice.js";

export type Route =
  | { readonly kind: "page"; readonly path: string }
  | { readonly kind: "ticket"; readonly ticket: string }
  | DataRoute;

/** What is under `/data`. */
export type DataRoute =
  /** Changes of the list after a revision: all that are known, or a stream of all that come. */
  | { readonly kind: "list"; readonly after: number }
  | { readonly kind: "events"; readonly after: number }
  | RouteInFolder
  /** Something that there isn't. */
  | { readonly kind: "nothing" };

/** What is in the folder of a run, or of a sweep. */
export type RouteInFolder = { readonly of: "run" | "sweep"; readonly id: string } & (
  | { readonly kind: "details" }
  | { readonly kind: "log"; readonly file: string; readonly after: Cursor | undefined }
  | { readonly kind: "bytes"; readonly file: string }
  | { readonly kind: "results" }
);

const DATA =
  /^\/data\/(?:(runs|events)|(?:(runs|sweeps)\/([0-9a-f]{16})(?:\/([a-z]+))?))(?:\?after=([0-9a-f-]{1,40}))?$/;
const LOGS: Readonly<Record<string, string>> = {
  "runs/metrics": METRICS,
  "runs/evaluations": EVALUATIONS,
  "sweeps/legs": LEGS,
};
const BYTES: Readonly<Record<string, string>> = {
  "runs/checkpoint": CHECKPOINT,
  "runs/weights": WEIGHTS,
  "runs/best": BEST,
};
const NOTHING: Route = { kind: "nothing" };

/** What the target of a request asks for. Whether there is such a page or such a run is for others to say. */
export function routeOf(target: string): Route {
  const ticket = /^\/open\/([0-9a-f]{32})$/.exec(target);
  if (ticket !== null) return { kind: "ticket", ticket: ticket[1] };
  if (!/^\/data(?:[/?]|$)/.test(target)) return { kind: "page", path: target.replace(/\?.*$/s, "") };
  const [, list, folder, id, part, after] = DATA.exec(target) ?? [];
  if (list === "runs" || list === "events") return listRoute(list, after);
  if (id === undefined) return NOTHING;
  const entry = { of: folder === "runs" ? "run" : "sweep", id } as const;
  const name = `${folder}/${part}`;
  if (Object.hasOwn(LOGS, name)) {
    const cursor = after === undefined ? undefined : cursorIn(after);
    if (after !== undefined && cursor === undefined) return NOTHING;
    return { kind: "log", ...entry, file: LOGS[name], after: cursor };
  }
  if (after !== undefined) return NOTHING;
  if (part === undefined) return { kind: "details", ...entry };
  if (Object.hasOwn(BYTES, name)) return { kind: "bytes", ...entry, file: BYTES[name] };
  return name === "sweeps/results" ? { kind: "results", ...entry } : NOTHING;
}

function listRoute(list: "runs" | "events", after = "0"): Route {
  if (!/^\d{1,15}$/.test(after)) return NOTHING;
  return { kind: list === "runs" ? "list" : "events", after: Number(after) };
}
