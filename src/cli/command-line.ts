/** A command line: finds the command, runs it, and turns an error into one message and an exit code. */

import { versions } from "../node/run-record.js";
import { knownName } from "./arguments.js";
import { type Colours, colours, wantsColour } from "./colour.js";
import { commandHelp } from "./help.js";
import { ownLines } from "./own-lines.js";
import { printable } from "./printable.js";
import { DONE, FAILED, MISUSED } from "./subcommand.js";
import { subcommands } from "./subcommands.js";
import { type Token, tokenise } from "./tokens.js";
import { wrapFor } from "./wrap.js";

/** Runs a command line, without the program's own name, and returns the exit code. */
export function commandLine(words: readonly string[]): Promise<number> {
  return main(words).catch(explain);
}

async function main([name, ...rest]: readonly string[]): Promise<number> {
  if (name === undefined || name === "--help" || name === "-h") return print(overview(style()));
  if (name === "help") return main(rest.length === 0 ? [] : [rest[0], "--help"]);
  if (name === "--version" || name === "-v") return print(versions().ascent);
  const { summary, load } = subcommands[knownName("command", name, Object.keys(subcommands))];
  const { subcommand } = await load();
  const typed = tokenise(rest);
  const tokens = typed.filter((token) => !asksForHelp(token));
  const { importNamed } = await import("./imports.js");
  const line = await importNamed(tokens);
  if (tokens.length === typed.length) return subcommand.run(line);
  return print(
    commandHelp(`ascent ${name}: ${summary}`, subcommand, line.tokens, process.stdout.columns ?? 100, style()),
  );
}

function asksForHelp(token: Token): boolean {
  return token.kind === "option" && (token.typed === "--help" || token.typed === "-h");
}

function style(): Colours {
  return colours(wantsColour(process.stdout, process.argv.includes("--no-color")));
}

function overview({ strong, accent, faint }: Colours): string {
  const lines = Object.entries(subcommands).map(([name, { summary }]) => `  ${accent(name.padEnd(10))} ${summary}`);
  return [
    "Ascent: policy gradients, from REINFORCE to PPO",
    "",
    strong("Usage"),
    "  ascent <command> [options]",
    "",
    strong("Commands"),
    ...lines,
    "",
    faint("ascent <command> --help explains a command; ascent train, with nothing else, learns CartPole."),
  ].join("\n");
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return DONE;
}

/** Prints an error as one message. A fault of Ascent shows its stack, and one in the user's code its lines there. */
function explain(error: unknown): number {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  if (["UsageError", "ConfigError"].includes(name)) return complain(message, MISUSED);
  if (["EnvironmentError", "AlgorithmError"].includes(name))
    return complain([message, ...ownLines(error as Error)].join("\n"), FAILED);
  if (["FileError", "CorruptFileError", "NotFiniteError"].includes(name)) return complain(message, FAILED);
  return complain(`this should not have happened; please report it.\n${stack}`, FAILED);
}

function complain(message: string, code: number): number {
  const { bad } = colours(wantsColour(process.stderr, process.argv.includes("--no-color")));
  const [first, ...rest] = wrapFor(process.stderr, `ascent: ${printable(message)}`).split("\n");
  process.stderr.write(`${[first.replace("ascent:", bad("ascent:")), ...rest].join("\n")}\n`);
  return code;
}
