#!/usr/bin/env node
/** The program `ascent`: finds the command, runs it, and turns what was thrown into one message and an exit code. */

import { versions } from "../node/run-record.js";
import { knownName } from "./arguments.js";
import { type Colours, colours, wantsColour } from "./colour.js";
import { DONE, FAILED, MISUSED } from "./command.js";
import { commands } from "./commands.js";
import { commandHelp } from "./help.js";
import { ownLines } from "./own-lines.js";

process.exitCode = await main(process.argv.slice(2)).catch(explain);

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  const style = colours(wantsColour(process.stdout, args.includes("--no-color")));
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    if (rest.length > 0 && name === "help") return main([rest[0], "--help"]);
    return print(overview(style));
  }
  if (name === "--version" || name === "-v") return print(versions().ascent);
  const { summary, load } = commands[knownName("command", name, Object.keys(commands))];
  const { command } = await load();
  if (!rest.includes("--help") && !rest.includes("-h")) return command.run(rest);
  const others = rest.filter((arg) => arg !== "--help" && arg !== "-h");
  return print(commandHelp(`ascent ${name}: ${summary}`, command, others, process.stdout.columns ?? 100, style));
}

function overview({ strong, accent, faint }: Colours): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${accent(name.padEnd(10))} ${summary}`);
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

/** What went wrong in words, without a stack: except where the fault is in code, ours or the user's. */
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
  process.stderr.write(`${bad("ascent:")} ${message}\n`);
  return code;
}
