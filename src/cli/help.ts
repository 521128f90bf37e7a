import { allowed, type Option, typedValue } from "../options.js";
import { asFlags } from "./arguments.js";
import type { Colours } from "./colour.js";
import { importOptions } from "./import-options.js";
import type { FlagGroup, Subcommand } from "./subcommand.js";
import type { Token } from "./tokens.js";
import { wrap } from "./wrap.js";

/** `--learning-rate 0.003   Adam's step size for the policy (a number of at least 0)`, under headings, wrapped to the terminal. */
export function commandHelp(
  summary: string,
  command: Subcommand,
  tokens: readonly Token[],
  columns: number,
  colours: Colours,
): string {
  const own = command.flags(tokens).filter(({ flags }) => Object.keys(flags).length > 0);
  const groups = [...own, { heading: "Modules of your own", flags: asFlags(importOptions) }];
  const labels = groups.flatMap(({ flags }) => Object.entries(flags).map(([name, flag]) => label(name, flag)));
  const width = labels.reduce((widest, { length }) => Math.max(widest, length), 0);
  const lines = [summary, "", colours.strong("Usage"), `  ${command.usage}`];
  for (const group of groups)
    lines.push("", colours.strong(group.heading), ...groupLines(group, width, columns, colours));
  lines.push("", colours.strong("Examples"), ...command.examples.map((example) => `  ${colours.accent(example)}`));
  return lines.join("\n");
}

function groupLines({ flags }: FlagGroup, width: number, columns: number, { accent }: Colours): string[] {
  return Object.entries(flags).flatMap(([name, flag]) => {
    const start = `  ${accent(label(name, flag))}${" ".repeat(width - label(name, flag).length)}  `;
    const [first, ...rest] = wrap(explanation(flag), Math.max(30, columns - width - 4));
    return [start + first, ...rest.map((line) => " ".repeat(width + 4) + line)];
  });
}

function label(name: string, flag: Option): string {
  if (flag.kind === "flag") return `--${name}`;
  const value = flag.optional
    ? { real: "N", schedule: "N", int: "N", seed: "N", choice: "WORD", sizes: "N,N", text: "…" }[flag.kind]
    : typedValue(flag.default) || '""';
  return `--${name} ${value}`;
}

function explanation(flag: Option): string {
  if (flag.kind === "flag") return flag.default ? `${flag.help} (on; --…=false switches it off)` : flag.help;
  return flag.kind === "text" ? flag.help : `${flag.help} (${allowed(flag)})`;
}
