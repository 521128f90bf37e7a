/** `ascent rlhf`: from texts to a tuned language model, in one run. */

import { setImmediate } from "node:timers/promises";
import { type Assessment, assess } from "../language/run/assess.js";
import { recipeOf } from "../language/run/language-config.js";
import type { LanguageTraining } from "../language/run/language-training.js";
import { taskNameOf } from "../language/run/task-name.js";
import { trainLanguage } from "../language/run/train-language.js";
import { writeLanguageReport, writeModels } from "../node/language/language-files.js";
import { modelPath, readPreferenceFile } from "../node/language/read-model.js";
import { resumeLanguageRun, startLanguageRun } from "../node/language/start-language-run.js";
import { readCheckpoint } from "../node/read-checkpoint.js";
import type { SavedRun } from "../node/saved-run.js";
import { namingFields } from "./arguments.js";
import { canPaint, colourDepth, colours, wantsColour } from "./colour.js";
import { listenForInterruption } from "./interruption.js";
import { startLookout } from "./lookout.js";
import { Person } from "./person.js";
import { RlhfJsonView } from "./rlhf-json-view.js";
import { RlhfLiveView } from "./rlhf-live-view.js";
import { RlhfPlainView } from "./rlhf-plain-view.js";
import { asTyped, type RlhfRequest, readRlhfRequest, rlhfFlags, USAGE } from "./rlhf-request.js";
import type { RlhfView } from "./rlhf-view.js";
import { DONE, type Subcommand } from "./subcommand.js";
import { wrapFor } from "./wrap.js";

/** Milliseconds of work between two checks for signals, and between two frames. */
const SLICE_MS = 40;

const STILL_BUSY =
  "The run will be saved when the update at work is complete. Ctrl-C again ends it at once and keeps the last checkpoint.";

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: [
    "ascent rlhf   # reviews that people like: texts, preferences, a reward model, PPO",
    "ascent rlhf sort   # a verifiable reward: six digits in order",
    "ascent rlhf sort --reward last-digit   # a verifier that can be fooled",
    "ascent rlhf --from shipped --shortest 0 --beta 0 --learning-rate 0.001   # nothing holds it back",
    "ascent rlhf sentiment --trainer rloo --seed 3 --out runs/friendly",
    "ascent rlhf --from shipped --ask   # you say what you like, 60 times",
    "ascent rlhf --from runs/friendly --preferences mine.jsonl",
    "ascent rlhf --resume runs/friendly",
    "ascent generate runs/friendly",
  ],
  flags: (tokens) => rlhfFlags(tokens),

  async run(line) {
    const request = readRlhfRequest(line);
    const view = viewFor(request);
    const person = request.ask ? new Person(process.stdin, process.stderr) : undefined;
    const run = namingFields(asTyped, () => opened(request, person));
    const { warning } = run.training;
    const { warn } = colours(wantsColour(process.stderr, request.noColor));
    if (warning !== undefined) process.stderr.write(`${warn(wrapFor(process.stderr, `Warning: ${warning}`))}\n`);
    return drive(run, view, person);
  },
};

function opened(
  { resume, config, out, checkpointSeconds, from, preferences }: RlhfRequest,
  person: Person | undefined,
): SavedRun<LanguageTraining> {
  const judge = person?.judge;
  if (resume !== undefined) return resumeLanguageRun(resume, { checkpointSeconds, judge });
  const given = {
    ...config,
    judge,
    ...(preferences === undefined ? {} : { preferences: readPreferenceFile(preferences) }),
  };
  const training =
    from === undefined
      ? trainLanguage(given)
      : readCheckpoint(modelPath(from), (bytes) => trainLanguage({ ...given, from: bytes }));
  return startLanguageRun(training, { out, checkpointSeconds });
}

function viewFor({ json, quiet, noColor, ask }: RlhfRequest): RlhfView {
  if (json) return new RlhfJsonView(process.stdout);
  if (quiet || ask || !canPaint(process.stdout))
    return new RlhfPlainView(process.stdout, { quiet, colours: colours(wantsColour(process.stdout, noColor)) });
  return new RlhfLiveView(process.stdout, colourDepth(process.stdout, noColor));
}

/** The model of a finished run beside what it was before tuning, drawn as in training. */
function assessed({ config, model, reference }: LanguageTraining): Assessment {
  const { task } = recipeOf(taskNameOf(config) as string);
  return assess({ task, model, reference }, { temperature: config.envOptions.temperature as number });
}

/** Trains to the end or to the first interruption, and saves the run in both cases. Returns the exit code. */
async function drive(run: SavedRun<LanguageTraining>, view: RlhfView, person?: Person): Promise<number> {
  const interruption = listenForInterruption();
  person?.listen(() => interruption.code !== undefined);
  const dismissLookout = startLookout(STILL_BUSY);
  const start = performance.now();
  try {
    view.begin(run);
    while (!run.finished && interruption.code === undefined) {
      for (const update of await run.work(SLICE_MS)) view.update(update);
      view.tick();
      await setImmediate();
    }
    const status = run.finished ? "finished" : "interrupted";
    const result = run.close(status);
    const assessment = status === "finished" ? assessed(run.training) : undefined;
    writeModels(run, assessment);
    dismissLookout();
    const seconds = (performance.now() - start) / 1000;
    const { code } = interruption;
    const written = await writeLanguageReport(run, assessment, () => interruption.code !== code);
    if (!written) process.stderr.write("The run is saved, but its report was not written.\n");
    if (interruption.readable) view.end({ result, status, seconds, assessment });
    return interruption.code ?? DONE;
  } catch (error) {
    if (!run.closed) {
      view.abandon(error as Error);
      run.fail(error as Error);
    }
    throw error;
  } finally {
    dismissLookout();
    person?.leave();
    interruption.stopListening();
  }
}
