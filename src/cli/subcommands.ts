import type { Subcommand } from "./subcommand.js";

interface Entry {
  readonly summary: string;
  /** Loads the command's code only when it runs, so that `--help` and usage errors do not load the engine. */
  load(): Promise<{ readonly subcommand: Subcommand }>;
}

/** All commands, with one line each. */
export const subcommands: Readonly<Record<string, Entry>> = {
  train: { summary: "train a policy, and save the run", load: () => import("./train.js") },
  sweep: { summary: "train many settings over several seeds, and judge each", load: () => import("./sweep.js") },
  tune: { summary: "find settings for an environment of your own", load: () => import("./tune.js") },
  evaluate: { summary: "measure a trained policy over whole episodes", load: () => import("./evaluate.js") },
  watch: { summary: "watch a trained policy act", load: () => import("./watch.js") },
  play: { summary: "play a game against a trained policy", load: () => import("./play.js") },
  record: { summary: "write an episode as an animated picture", load: () => import("./record.js") },
  list: { summary: "list environments, algorithms, presets or runs", load: () => import("./list.js") },
  compare: {
    summary: "lay runs side by side, grouped by everything but their seeds",
    load: () => import("./compare.js"),
  },
  export: {
    summary: "write a trained policy as a JavaScript module, as ONNX or for PyTorch",
    load: () => import("./export.js"),
  },
  lab: { summary: "serve the lab, a page that trains and shows runs, to this machine", load: () => import("./lab.js") },
  estimators: {
    summary: "measure bias and variance of policy gradient estimators in a small world",
    load: () => import("./estimators.js"),
  },
  exercise: { summary: "write an algorithm yourself, with tests and hints", load: () => import("./exercise.js") },
  lecture: {
    summary: "read the lecture with its programs running, and measure its claims",
    load: () => import("./lecture.js"),
  },
  rlhf: {
    summary: "train a small language model by feedback, from texts to a tuned model",
    load: () => import("./rlhf.js"),
  },
  generate: { summary: "write texts with a trained language model", load: () => import("./generate.js") },
  chat: { summary: "let a trained language model go on with what you type", load: () => import("./chat.js") },
  worker: { summary: "train runs that wait in a queue", load: () => import("./worker.js") },
  import: { summary: "read a policy of Stable-Baselines3", load: () => import("./import.js") },
  doctor: {
    summary: "say why a run does not learn, or what is wrong with an environment or an algorithm",
    load: () => import("./doctor.js"),
  },
};
