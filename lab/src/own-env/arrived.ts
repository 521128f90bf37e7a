/** What the address says of this room. It is read before the room is loaded. */

import { signal } from "@preact/signals";

/** As in the address: `#view=own`. */
export const OWN = "own";

/** A link with code that was opened, and that the room has not taken yet. */
export interface Arrived {
  /** As `encodeCode` gives it. */
  readonly code: string;
  /** The rest of the link: the settings. */
  readonly link: string;
}

export const arrived = signal<Arrived | undefined>(undefined);
/** The link of the run with the code in it. Undefined before the first run. */
export const ownLink = signal<string | undefined>(undefined);

/** Takes the code out of the settings of an address. Returns whether there was some. */
export function arrive(settings: URLSearchParams): boolean {
  const code = settings.get("code");
  if (code === null) return false;
  settings.delete("code");
  const link = settings.toString();
  ownLink.value = withCode(link, code);
  arrived.value = { code, link };
  return true;
}

export function withCode(link: string, code: string): string {
  return [link, `code=${code}`].filter((part) => part !== "").join("&");
}
