import type { Subcommand } from "./subcommand.js";

interface Entry {
  readonly summary: string;
  /** A command's code is loaded when it is asked for: `--help` and mistakes are answered without the engine. */
  load(): Promise<{ readonly subcommand: Subcommand }>;
}

/** Every command: one line each. */
export const subcommands: Readonly<Record<string, Entry>> = {
  train: { summary: "train a policy, and save the run", load: () => import("./train.js") },
  evaluate: { summary: "measure a trained policy over whole episodes", load: () => import("./evaluate.js") },
  watch: { summary: "watch a trained policy act", load: () => import("./watch.js") },
  list: { summary: "list environments, algorithms, presets or runs", load: () => import("./list.js") },
  export: { summary: "write a trained policy as ONNX or as a JavaScript module", load: () => import("./export.js") },
};
