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
  const noColor = words.includes("--no-color");
  return main(words, noColor).catch((error: unknown) => {
    const { message, code } = explained(error);
    complain(message, noColor);
    return code;
  });
}

async function main([name, ...rest]: readonly string[], noColor: boolean): Promise<number> {
  const style = colours(wantsColour(process.stdout, noColor));
  if (name === undefined || name === "--help" || name === "-h") return print(overview(style));
  if (name === "help") return main(rest.length === 0 ? [] : [rest[0], "--help"], noColor);
  if (name === "--version" || name === "-v") return print(versions().ascent);
  const { summary, load } = subcommands[knownName("command", name, Object.keys(subcommands))];
  const { subcommand } = await load();
  const typed = tokenise(rest);
  const tokens = typed.filter((token) => !asksForHelp(token));
  const { importNamed, importRobots } = await import("./imports.js");
  const line = await importNamed(tokens);
  if (tokens.length === typed.length) return subcommand.run(await importRobots(line));
  return print(
    commandHelp(`ascent ${name}: ${summary}`, subcommand, line.tokens, process.stdout.columns ?? 100, style),
  );
}

function asksForHelp(token: Token): boolean {
  return token.kind === "option" && (token.typed === "--help" || token.typed === "-h");
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

/** An error as one message and an exit code. A fault of Ascent shows its stack, and one in the user's code its lines there. */
function explained(error: unknown): { message: string; code: number } {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  if (["UsageError", "ConfigError"].includes(name)) return { message, code: MISUSED };
  if (["EnvironmentError", "AlgorithmError"].includes(name))
    return { message: [message, ...ownLines(error as Error)].join("\n"), code: FAILED };
  if (["FileError", "CorruptFileError", "NotFiniteError", "OutageError"].includes(name))
    return { message, code: FAILED };
  return { message: `this should not have happened; please report it.\n${stack}`, code: FAILED };
}

function complain(message: string, noColor: boolean): void {
  const { bad } = colours(wantsColour(process.stderr, noColor));
  const [first, ...rest] = wrapFor(process.stderr, `ascent: ${printable(message)}`).split("\n");
  process.stderr.write(`${[first.replace("ascent:", bad("ascent:")), ...rest].join("\n")}\n`);
}
