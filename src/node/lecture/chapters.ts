/** The chapters of the lecture that come with Ascent. */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fileError } from "../file-error.js";

const FOLDER = new URL("../../../docs/lecture/", import.meta.url);

/** A chapter: a page of Markdown. */
export interface Chapter {
  readonly number: number;
  readonly title: string;
  readonly page: string;
}

/** All chapters, in order. @throws FileError if the pages are missing */
export function chapters(): readonly Chapter[] {
  const folder = fileURLToPath(FOLDER);
  try {
    const files = readdirSync(folder).filter((file) => /^\d\d-.+\.md$/.test(file));
    return files.sort().map((file) => {
      const page = readFileSync(new URL(file, FOLDER), "utf8");
      return { number: Number(file.slice(0, 2)), title: /^# (.*)$/m.exec(page)?.[1] ?? file, page };
    });
  } catch (error) {
    throw fileError(folder, "this part of the package can't be read", error);
  }
}
