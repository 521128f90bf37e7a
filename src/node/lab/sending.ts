/** Ways to send an answer. */

import { once } from "node:events";
import { closeSync, createReadStream } from "node:fs";
import type { ServerResponse } from "node:http";
import { HEADERS, NOT_STORED } from "./headers.js";
import { openPlain, type Place } from "./open-file.js";

export const JSON_TYPE = "application/json";

export type Head = Readonly<Record<string, string>>;

/** Sends something that is whole. To a request with HEAD, Node sends the head only. */
export function send(
  response: ServerResponse,
  status: number,
  type: string,
  content: string | Buffer,
  head: Head = {},
) {
  const length = String(Buffer.byteLength(content));
  begin(response, status, { "Content-Type": type, "Content-Length": length, ...head });
  response.end(content);
}

/** Sends a sentence for people. */
export function say(response: ServerResponse, status: number, sentence: string, head: Head = {}): void {
  send(response, status, "text/plain; charset=utf-8", `${sentence}\n`, head);
}

export function sendJson(response: ServerResponse, value: unknown): void {
  send(response, 200, JSON_TYPE, JSON.stringify(value));
}

/** Sends the head of an answer. */
export function begin(response: ServerResponse, status: number, head: Head): void {
  response.writeHead(status, { ...HEADERS, "Cache-Control": NOT_STORED, ...head });
}

/** Sends a piece of an answer, and waits until the reader has taken it or has gone. */
export async function sendPiece(response: ServerResponse, piece: string | Buffer): Promise<void> {
  if (response.write(piece) || response.destroyed) return;
  const over = new AbortController();
  const { signal } = over;
  const settled = [once(response, "drain", { signal }), once(response, "close", { signal })];
  await Promise.race(settled);
  over.abort();
  await Promise.allSettled(settled);
}

/** Sends a file whole, piece by piece; false if there is none. No length is announced: it may be cut in the meantime. */
export async function sendFile(response: ServerResponse, place: Place, name: string, type: string): Promise<boolean> {
  const open = openPlain(place, name);
  if (open === undefined) return false;
  begin(response, 200, { "Content-Type": type });
  if (response.req.method === "HEAD" || open.size === 0) closeSync(open.file);
  else {
    // It ends with the size that the file has now, also if that grows without end.
    const pieces = createReadStream("", { fd: open.file, start: 0, end: open.size - 1 });
    for await (const piece of pieces) {
      await sendPiece(response, piece);
      if (response.destroyed) break;
    }
  }
  response.end();
  return true;
}
