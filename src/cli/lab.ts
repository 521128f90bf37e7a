/** `ascent lab`: the lab in a browser, with the runs of this machine. */

import { EventEmitter, once } from "node:events";
import { ConfigError } from "../errors.js";
import { isFolder } from "../node/folders.js";
import { portOption, startLab } from "../node/lab/start-lab.js";
import { RUNS } from "../node/run-folder.js";
import { pathsOf } from "../node/sweeps/run-patterns.js";
import { flag, optional } from "../options.js";
import { asFlags, namingFields, readCommandLine, throwNamed } from "./arguments.js";
import { listenForInterruption } from "./interruption.js";
import { browserCommand, openBrowser } from "./open-browser.js";
import { oneLine } from "./printable.js";
import { DONE, type Subcommand } from "./subcommand.js";
import { whileTicking } from "./while-ticking.js";

const USAGE = "ascent lab [folder …] [options]";

const options = {
  port: optional(portOption),
  open: flag(true, { help: "open it in the browser, where there is a terminal and a screen" }),
};

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: ["ascent lab", "ascent lab runs/study ../other/runs", "ascent lab --port 8080 --no-open"],
  flags: () => [{ heading: "Options", flags: asFlags(options) }],

  async run({ tokens }) {
    const { words, values } = readCommandLine(tokens, options, { name: "lab", usage: USAGE, words: Infinity });
    const folders = words.length === 0 ? [RUNS] : words.flatMap(foldersOf);
    const lab = await startLab({ folders, port: values.port }).catch(throwNamed(flagOf));
    const interruption = listenForInterruption();
    const command = values.open && process.stdout.isTTY ? browserCommand(process.platform, process.env) : undefined;
    process.stdout.write(`${told(lab.address, folders, command !== undefined)}\n`);
    if (command !== undefined) openBrowser(command, lab.addressForOnce());
    const ended = new EventEmitter();
    const stop = (): Promise<void> => lab.close().then(() => void ended.emit("end"));
    await whileTicking(async () => void (await once(ended, "end")), { tick() {}, stop, interruption });
    interruption.stopListening();
    return interruption.code ?? DONE;
  },
};

function flagOf(field: string): string {
  return field === "port" ? "--port" : field;
}

/** The folders that a path or a pattern stands for. @throws ConfigError if there is none */
function foldersOf(pattern: string): string[] {
  const found = namingFields(
    () => "folder",
    () => pathsOf(pattern),
  ).filter(isFolder);
  if (found.length > 0) return found;
  throw new ConfigError({ field: "folder", given: pattern, allowed: "a folder with runs or sweeps; this is a file" });
}

function told(address: string, folders: readonly string[], opens: boolean): string {
  return [
    `The lab is at ${address}`,
    `  runs in  ${oneLine(folders.join(", "))}`,
    `${opens ? "Your browser opens it. " : ""}Whoever has this address and is on this machine can read these runs. Ctrl-C ends it.`,
  ].join("\n");
}
