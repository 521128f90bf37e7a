import type { Colours } from "./colour.js";

/** Shorter bars are not drawn. */
const SHORTEST = 10;
const WIDEST = 110;

/** `━━━━━━━━──────────  214 of 1,000 episodes  1.2 s, 3.4 s left`: as many of the parts as fit, and a bar in what is left. */
export function progressBar(
  share: number,
  parts: readonly string[],
  { columns, colours }: { readonly columns: number; readonly colours: Colours },
): string {
  let text = "";
  for (const part of parts) if (text.length + 2 + part.length <= columns) text += text === "" ? part : `  ${part}`;
  const room = Math.min(columns, WIDEST) - text.length - 2;
  return bar(Math.round(room * Math.min(share, 1)), room, colours) + text;
}

/** A bar of `room` columns, `done` of them filled, and the gap after it; nothing where there is no room for one. */
export function bar(done: number, room: number, { accent, faint }: Colours): string {
  return room < SHORTEST ? "" : `${accent("━".repeat(done))}${faint("─".repeat(room - done))}  `;
}
