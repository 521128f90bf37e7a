/** Asks the server of `ascent lab`. */

import { labToken } from "./token.js";

/** An answer other than the data: its sentence is for the reader. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** `path` is that behind `/data/`. @throws Refused @throws TypeError if there is no server, as `fetch` does */
export async function ask(path: string, signal?: AbortSignal): Promise<Response> {
  const answer = await fetch(`data/${path}`, {
    headers: { Authorization: `Bearer ${labToken()}` },
    cache: "no-store",
    ...(signal && { signal }),
  });
  if (answer.ok) return answer;
  const sentence = (await answer.text()).slice(0, 500);
  throw new Refused(answer.status, sentence || `The lab answered ${answer.status}.`);
}

/** The JSON of an answer. */
export async function askJson<T>(path: string): Promise<T> {
  return (await ask(path)).json() as Promise<T>;
}

/** The bytes of an answer. */
export async function askBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await ask(path)).arrayBuffer());
}

/** What went wrong, as a sentence. */
export function reasonOf(error: unknown): string {
  if (error instanceof TypeError) return "`ascent lab` does not answer. Does it still run?";
  return error instanceof Error ? error.message : String(error);
}
