import { allowed } from "../options.js";
import type { Flag, Flags } from "./arguments.js";
import type { Colours } from "./colour.js";
import type { Command, FlagGroup } from "./command.js";

/** `--learning-rate 0.003   Adam's step size for the policy (a number of at least 0)`, under headings, wrapped to the terminal. */
export function commandHelp(
  summary: string,
  command: Command,
  args: readonly string[],
  columns: number,
  colours: Colours,
): string {
  const groups = command.flags(args).filter(({ flags }) => Object.keys(flags).length > 0);
  const width = Math.max(
    ...groups.flatMap(({ flags }) => Object.entries(flags).map(([name, flag]) => label(name, flag).length)),
  );
  const lines = [summary, "", colours.strong("Usage"), `  ${command.usage}`];
  for (const group of groups)
    lines.push("", colours.strong(group.heading), ...groupLines(group, width, columns, colours));
  lines.push("", colours.strong("Examples"), ...command.examples.map((example) => `  ${colours.accent(example)}`));
  return lines.join("\n");
}

function groupLines({ flags }: FlagGroup, width: number, columns: number, { accent }: Colours): string[] {
  return Object.entries(flags as Flags).flatMap(([name, flag]) => {
    const start = `  ${accent(label(name, flag))}${" ".repeat(width - label(name, flag).length)}  `;
    const [first, ...rest] = wrap(explanation(flag), Math.max(30, columns - width - 4));
    return [start + first, ...rest.map((line) => " ".repeat(width + 4) + line)];
  });
}

function label(name: string, flag: Flag): string {
  if (flag.kind === "flag") return `--${name}`;
  const value = flag.optional
    ? { real: "N", int: "N", choice: "WORD", sizes: "N,N", text: "…" }[flag.kind]
    : typed(flag);
  return `--${name} ${value}`;
}

/** A default in the form in which it would be typed. */
function typed({ default: value }: Flag): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(",");
  return String(value) || '""';
}

function explanation(flag: Flag): string {
  if (flag.kind === "flag") return flag.default ? `${flag.help} (on; --…=false switches it off)` : flag.help;
  return flag.kind === "text" ? flag.help : `${flag.help} (${allowed(flag)})`;
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
