/** A lab with a small page and some runs, and raw requests to it: a client would mend the very things that are tested. */

import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Lab, serveLab } from "../src/node/lab/start-lab.js";
import type { RunRecord } from "../src/training/run-record.js";

export interface Answer {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A new folder, by its path without links. */
export function newFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "ascent-lab-")));
}

/** Writes files, by their paths in a folder. */
export function write(folder: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const page = {
  "index.html": "<!doctype html><title>Lab</title>",
  "assets/lab-1a2b.js": "export {};",
  "assets/lab.css": "body {}",
  ".env": "SECRET=1",
  "notes.md": "# not a type that is served",
};

/** The text of `run.json`. */
export function recordText(changes: Readonly<Record<string, unknown>> = {}): string {
  const record: RunRecord = {
    config: {
      algorithm: "ppo",
      env: "CartPole-v1",
      envOptions: {},
      preset: "default",
      seed: "0",
      episodes: 10,
      steps: null,
      stopWhenSolved: false,
      options: {},
      from: null,
      ownFeatures: false,
    },
    imports: [],
    from: null,
    until: null,
    extensions: [],
    logs: [],
    evaluation: null,
    status: "finished",
    saved: true,
    error: null,
    errorName: null,
    result: {
      verdict: { kind: "solved", text: "Solved at episode 3." },
      solvedAtEpisode: 3,
      updates: 2,
      episodes: 10,
      steps: 100,
      averageReturn: 475.5,
      bestEpisodeReturn: 500,
      weightsSha256: "0".repeat(64),
    },
    started: "2026-01-02T03:04:05.000Z",
    ended: "2026-01-02T03:05:05.000Z",
    seconds: 60,
    versions: { ascent: "0.2.0", node: "v20.19.0" },
  };
  return JSON.stringify({ ...record, ...changes });
}

/** A line of a log. */
export function line(update: number): string {
  return `{"update":${update},"episodes":${update},"steps":${10 * update},"returns":[${update}],"lengths":[10],"lastSteps":[10],"averageReturn":${update},"info":{},"diagnostics":{}}\n`;
}

/** Serves folders, to be closed by the test. */
export function serve(folders: readonly string[], setting: Parameters<typeof serveLab>[1] = {}): Promise<Lab> {
  const built = write(newFolder(), page);
  return serveLab({ folders, port: 0 }, { page: built, lookMs: [20, 20], headMs: 400, idleMs: 2000, ...setting });
}

export function tokenOf({ address }: Lab): string {
  return address.split("token=")[1];
}

/** A connection to the lab, with all that came on it so far. */
export function open({ port }: Pick<Lab, "port">, host = "127.0.0.1"): Socket & { received: () => string } {
  const socket = connect(port, host);
  const pieces: Buffer[] = [];
  socket.on("data", (piece) => pieces.push(piece));
  // A server that ends a connection while something is being sent to it: what it said before counts.
  socket.on("error", () => {});
  return Object.assign(socket, { received: () => Buffer.concat(pieces).toString() });
}

/** Sends a request as it is, and returns the answer when the server has closed the connection. */
export function raw(lab: Pick<Lab, "port">, request: string | Buffer, host?: string): Promise<Answer> {
  const socket = open(lab, host);
  socket.write(request);
  return new Promise((resolve) => socket.on("close", () => resolve(answerIn(socket.received()))));
}

/** A request with the right name and token, and the headers given. */
export function ask(lab: Lab, target: string, ...headers: readonly string[]): Promise<Answer> {
  const own = [`Host: 127.0.0.1:${lab.port}`, `Authorization: Bearer ${tokenOf(lab)}`, "Connection: close"];
  return raw(lab, [`GET ${target} HTTP/1.1`, ...own, ...headers, "", ""].join("\r\n"));
}

/** The JSON that a request is answered with. */
export async function json<T>(lab: Lab, target: string): Promise<T> {
  return JSON.parse((await ask(lab, target)).body) as T;
}

function answerIn(text: string): Answer {
  const end = text.indexOf("\r\n\r\n");
  const [first, ...lines] = text.slice(0, end).split("\r\n");
  const headers = Object.fromEntries(
    lines.map((one) => [one.slice(0, one.indexOf(":")).toLowerCase(), one.slice(one.indexOf(":") + 2)]),
  );
  const body = text.slice(end + 4);
  const whole = headers["transfer-encoding"] === "chunked" ? unchunked(body) : body;
  return { status: Number(first.split(" ")[1]), headers, body: whole };
}

function unchunked(text: string): string {
  const [, length, rest] = /^([0-9a-f]+)\r\n([\s\S]*)$/.exec(text) ?? ["", "0", ""];
  const size = Number.parseInt(length, 16);
  return size === 0 ? "" : rest.slice(0, size) + unchunked(rest.slice(size + 2));
}
