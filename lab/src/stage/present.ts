import { signal } from "@preact/signals";
import type { Frame } from "../protocol.js";

/** The moment that the stage shows, which maps mark. */
export const present = signal<Pick<Frame, "observation"> | undefined>(undefined);
