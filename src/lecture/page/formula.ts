/** Formulae in Unicode, for a terminal: `\nabla\log\pi(a_t)` becomes `∇log π(aₜ)`. */

import { ConfigError } from "../../errors.js";
import { ACCENTS, SUBSCRIPTS, SUPERSCRIPTS, SYMBOLS, WIDE } from "./symbols.js";

/**
 * A formula in the TeX that the pages use, as one line, or as one for each row of an `aligned` block.
 *
 * @throws ConfigError naming a command that it does not know, or a formula with a brace too many or too few
 */
export function formulaText(tex: string): string {
  const rows = tex
    .replace(/\\begin\{aligned\}|\\end\{aligned\}/g, "")
    .split("\\\\")
    .map((row) => plain(row.replaceAll("&", "").replaceAll("\n", " ")));
  return rows.join("\n");
}

function plain(tex: string): string {
  const { text, end } = sequence(tex, 0);
  if (end <= tex.length) throw unpaired(tex);
  return text
    .replace(/ +/g, " ")
    .replace(new RegExp(` ?${WIDE} ?`, "g"), "     ")
    .replace(/([([{]) /g, "$1")
    .replace(/ ([)\]},])/g, "$1")
    .trim();
}

/** What was read, and the place behind it. */
interface Read {
  readonly text: string;
  readonly end: number;
}

/** Reads to the end, or to the brace that closes the group. */
function sequence(tex: string, start: number): Read {
  let text = "";
  let at = start;
  while (at < tex.length && tex[at] !== "}") {
    const { text: part, end } = item(tex, at);
    text += part;
    at = end;
  }
  return { text, end: at + 1 };
}

/** Reads a letter, a group, a command or an index. */
function item(tex: string, at: number): Read {
  const letter = tex[at];
  if (letter === "{") {
    const group = sequence(tex, at + 1);
    if (group.end > tex.length) throw unpaired(tex);
    return group;
  }
  if (letter === "\\") return command(tex, at);
  if (letter === "^" || letter === "_") {
    const { text, end } = item(tex, at + 1);
    return { text: raised(text.trim(), letter), end };
  }
  // Spaces mean nothing in TeX, but the author sets them where the eye wants them.
  return { text: letter === "~" ? " " : letter, end: at + 1 };
}

function unpaired(tex: string): ConfigError {
  return new ConfigError({ field: "formula", given: tex, allowed: "a } for each {" });
}

function command(tex: string, at: number): Read {
  const [name] = /^\\([a-zA-Z]+|.)/.exec(tex.slice(at))!;
  let end = at + name.length;
  const argument = (): string => {
    while (tex[end] === " ") end++;
    const read = item(tex, end);
    end = read.end;
    return read.text.trim();
  };
  if (name === "\\frac" || name === "\\tfrac") return { text: `${inside(argument())}/${inside(argument())}`, end };
  if (name === "\\sqrt") return { text: `√${inside(argument())}`, end };
  if (name in ACCENTS) return { text: argument() + ACCENTS[name], end };
  if (/^\\(mathbb|mathrm|mathcal|text|operatorname)$/.test(name)) return { text: argument(), end };
  const symbol = SYMBOLS[name];
  if (symbol === undefined)
    throw new ConfigError({ field: "formula", given: name, allowed: "the commands in src/lecture/page/symbols.ts" });
  const ends =
    /[∇∂ ]$/.test(symbol) ||
    name === "\\lVert" ||
    (/^[α-ω]$/.test(symbol) && /^ ([a-z(]|\\rVert)/i.test(tex.slice(end)));
  // Behind these, a blank only ends the command's name.
  return { text: symbol, end: tex[end] === " " && ends ? end + 1 : end };
}

/** Brackets around what is more than one factor. */
function inside(text: string): string {
  return /^[^ +−/-]*$/.test(text) ? text : `(${text})`;
}

/** `t+1` below becomes `ₜ₊₁`; what has no such letters stays behind `_` or `^`. */
function raised(text: string, mark: "^" | "_"): string {
  const letters = [...text.replaceAll(" ", "")].map((letter) => (mark === "^" ? SUPERSCRIPTS : SUBSCRIPTS)[letter]);
  if (letters.every((letter) => letter !== undefined)) return letters.join("");
  return [...text].length === 1 ? mark + text : `${mark}(${text})`;
}
