import type { HistoryData } from "../protocol.js";

/** A run as it is kept: enough to go on with the same bits, with its curves. */
export interface Kept {
  /** The visit of the page that it belongs to. */
  readonly session: string;
  readonly run: number;
  /** The group of seeds that it belongs to in that visit. */
  readonly group: number | undefined;
  /** Milliseconds since 1970. */
  readonly saved: number;
  readonly link: string;
  readonly episodes: number;
  readonly checkpoint: Uint8Array;
  readonly history: HistoryData;
}
