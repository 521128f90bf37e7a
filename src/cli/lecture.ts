/** `ascent lecture`: the chapters with their programs running, and the claims measured. */

import { claims } from "../lecture/claims.js";
import { blocksOf } from "../lecture/page/blocks.js";
import { type Typesetting, typeset } from "../lecture/page/typeset.js";
import { type Chapter, chapters } from "../node/lecture/chapters.js";
import { runCell } from "../node/lecture/run-cell.js";
import { flag } from "../options.js";
import { asFlags, knownName, readCommandLine } from "./arguments.js";
import { type Colours, colours, wantsColour } from "./colour.js";
import { count } from "./figures.js";
import { checkClaims } from "./lecture-check.js";
import { DONE, type Subcommand } from "./subcommand.js";
import { table } from "./table.js";
import { wrap } from "./wrap.js";

const USAGE = "ascent lecture [chapter] [options]";

const options = {
  answers: flag(false, { help: "show the answers to the questions" }),
  check: flag(false, { help: "measure all claims, or those of the chapter, and print their verdicts" }),
  json: flag(false, { help: "with --check: print a JSON array" }),
  noColor: flag(false, { help: "no colours; NO_COLOR does the same" }),
};

/** Text is not set wider, so that lines stay readable. */
const WIDEST = 80;

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: ["ascent lecture", "ascent lecture 2", "ascent lecture 2 --answers", "ascent lecture --check"],
  flags: () => [{ heading: "Options", flags: asFlags(options) }],

  async run({ tokens }) {
    const { words, values } = readCommandLine(tokens, options, { name: "lecture", usage: USAGE, words: 1 });
    const all = chapters();
    const chapter = words.length === 0 ? undefined : numbered(all, words[0]);
    const style = colours(wantsColour(process.stdout, values.noColor));
    const columns = Math.min(process.stdout.columns ?? WIDEST, WIDEST);
    if (values.check) {
      const chosen = claims.filter((claim) => chapter === undefined || claim.chapter === chapter.number);
      return checkClaims(chosen, { columns, style, json: values.json });
    }
    if (chapter !== undefined) return show(chapter, { columns, style, answers: values.answers });
    const rows = all.map(({ number, title }) => {
      const own = claims.filter((claim) => claim.chapter === number).length;
      return [String(number), title, own === 0 ? "" : count(own, "claim")];
    });
    process.stdout.write(
      `${table(["CHAPTER", "TITLE", "CLAIMS"], rows, columns)}\n\nascent lecture 1 shows the first; ascent lecture --check measures all claims.\n`,
    );
    return DONE;
  },
};

function numbered(all: readonly Chapter[], word: string): Chapter {
  const names = all.map(({ number }) => String(number));
  return all[names.indexOf(knownName("chapter", word, names))];
}

/** Writes block after block, and runs each cell where it stands. */
async function show(
  { page }: Chapter,
  { columns, style, answers }: { columns: number; style: Colours; answers: boolean },
): Promise<number> {
  const { strong, faint, accent } = style;
  const how: Typesetting = { columns, answers, heading: strong, strong, code: accent, faint };
  for (const block of blocksOf(page)) {
    process.stdout.write(`${typeset(block, how).join("\n")}\n`);
    if (block.kind !== "cell") continue;
    const lines = wrap((await runCell(block.code)).trimEnd(), columns - 2);
    process.stdout.write(`${lines.map((line) => `  ${line}\n`).join("")}\n`);
  }
  if (!answers) process.stdout.write(`${faint("--answers shows the answers.")}\n`);
  return DONE;
}
