/** `ascent tune`: finds settings for an environment, and measures them on fresh seeds beside the default ones. */

import { resumeTuning, startTuning } from "../node/sweeps/start-tuning.js";
import type { Tuning } from "../node/sweeps/tuning.js";
import { namingFields, throwNamed } from "./arguments.js";
import { canPaint, colourDepth } from "./colour.js";
import { listenForInterruption } from "./interruption.js";
import { DONE, type Subcommand } from "./subcommand.js";
import { asTyped } from "./train-flags.js";
import { tuneFlags } from "./tune-flags.js";
import { TuneJsonView } from "./tune-json-view.js";
import { TuneLiveView } from "./tune-live-view.js";
import { TunePlainView } from "./tune-plain-view.js";
import { readTuneRequest, TUNE_USAGE, type TuneRequest } from "./tune-request.js";
import type { TuneView } from "./tune-view.js";
import { whileTicking } from "./while-ticking.js";

export const subcommand: Subcommand = {
  usage: TUNE_USAGE,
  examples: [
    "ascent tune ppo ./walk.ts:Walk-v9 --steps 50000   # about ten minutes",
    "ascent tune ppo ./walk.ts:Walk-v9 --minutes 60 --fix gamma=0.99 --fix hidden",
    "ascent tune a2c Acrobot-v1 --search 'learning-rate=log(1e-4,1e-1)' --search 'hidden=32;64,64' --rounds 5",
    "ascent tune --resume runs/tune-ppo-Walk-v9   # after a stop",
    "ascent tune --resume runs/tune-ppo-Walk-v9 --more 3   # three rounds more",
  ],
  flags: (tokens) => tuneFlags(tokens),

  async run(line) {
    const request = await readTuneRequest(line).catch(throwNamed(flagOf));
    return drive(
      namingFields(flagOf, () => begin(request)),
      viewFor(request),
    );
  },
};

function begin({ config, resume, out, imports, minutes, rounds, more, jobs, otherCode }: TuneRequest): Tuning {
  if (config !== undefined) return startTuning(config, { out, imports, minutes, rounds, jobs });
  return resumeTuning(resume as string, { minutes, rounds, more, jobs, otherCode });
}

function viewFor({ json, quiet, noColor }: TuneRequest): TuneView {
  if (json) return new TuneJsonView(process.stdout);
  if (quiet || !canPaint(process.stdout)) return new TunePlainView(process.stdout, { quiet });
  return new TuneLiveView(process.stdout, colourDepth(process.stdout, noColor));
}

/** Carries the study out to its end or to the first interruption. All is saved in both cases. Returns the exit code. */
async function drive(tuning: Tuning, view: TuneView): Promise<number> {
  const interruption = listenForInterruption();
  const work = async (): Promise<void> => {
    for await (const news of tuning) view.news(news);
  };
  try {
    view.begin(tuning);
    await whileTicking(work, { tick: () => view.tick(), stop: () => tuning.stop(), interruption });
    if (interruption.readable) view.end({ findings: tuning.findings });
    return interruption.code ?? DONE;
  } finally {
    interruption.stopListening();
  }
}

/** A field of a study as it was typed: `search.gamma` as `--search gamma`, and an option that is set as `--fix gamma`. */
function flagOf(field: string): string {
  const [, name, option] = /^(search|options)\.(\w+)/.exec(field) ?? [];
  if (option !== undefined) return `--${name === "options" ? "fix" : name} ${option}`;
  return ["search", "minutes", "rounds", "more"].includes(field) ? `--${field}` : asTyped(field);
}
