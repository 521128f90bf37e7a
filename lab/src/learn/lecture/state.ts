/** Which chapter is open. */

import { signal } from "@preact/signals";
import { open } from "../../views.js";

export const chapterNumber = signal(1);

/** Opens a chapter, from this room or another. */
export function openChapter(number: number): void {
  chapterNumber.value = number;
  open("lecture");
  scrollTo(0, 0);
}
