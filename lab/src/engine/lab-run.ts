/** One run of the page: it is trained in slices, and says what happened since it was last asked. */

import { resume, type Training, trainNamed } from "ascent";
import { commandOf, linkOf, readLink } from "ascent/links";
import type { ReportFacts } from "ascent/report";
import { describeSpace } from "ascent/spaces";
import type {
  Beginning,
  Begun,
  Download,
  EpisodePart,
  Look,
  LookedAt,
  Pace,
  PlayOptions,
  Progress,
  Update,
} from "../protocol.js";
import { type ExplainedUpdate, lessonOf } from "./lesson.js";
import { look } from "./look.js";
import { partsOf, playEpisode } from "./play-episode.js";
import { presetOptions } from "./preset-options.js";

type Explain = NonNullable<NonNullable<Parameters<typeof trainNamed>[1]>["explain"]>;
type Checkpoint = Extract<Beginning, { readonly checkpoint: Uint8Array }>;

/** Steps of a slice: few enough that messages are answered while a batch is collected. */
const SLICE_STEPS = 64;

/** Milliseconds between two explained updates: to explain one takes a tenth of its time and more. */
const LESSON = 100;

const WENT_ON =
  "This run goes on from a checkpoint. Its link and its command begin it anew, and reach the same bits only if its budget has stayed the same.";

export class LabRun {
  readonly begun: Begun;
  pace: Pace;
  /** A single step that a paused run was asked for. */
  owed: "update" | "gradient" | undefined;
  readonly training: Training;
  /** When this run began and what else is known of it: little of a run from a checkpoint. */
  readonly past: Pick<ReportFacts, "started" | "extensions">;
  /** Seconds of work in this tab. */
  seconds = 0;
  private fresh: Omit<Update, "credit">[] = [];
  /** What the latest explained update made of its steps. */
  private latest: ExplainedUpdate | undefined;
  private explainedAt = Number.NEGATIVE_INFINITY;

  constructor(from: Beginning, pace: Pace) {
    const explain: Explain = (_, last) => {
      const now = performance.now();
      if (!last && this.owed === undefined && now - this.explainedAt < LESSON) return false;
      this.explainedAt = now;
      return true;
    };
    const linked = "link" in from ? readLink(from.link) : undefined;
    const { training, extensions } = linked
      ? { training: trainNamed(linked.config, { explain }), extensions: [] }
      : resumed(from as Checkpoint, explain);
    this.training = training;
    this.past = { started: linked && new Date().toISOString(), extensions };
    this.pace = pace;
    const { config, rewardThreshold: threshold } = this.training;
    const warning = this.training.warning ?? ("goOn" in from && from.goOn ? WENT_ON : undefined);
    this.begun = {
      config,
      presetOptions: presetOptions(config),
      link: linkOf(config),
      command: commandOf(config),
      warning,
      threshold,
      sameAsLinked: linked?.same ?? true,
      spaces: spacesOf(this.training),
    };
  }

  /** Whether there is something to do now. */
  get busy(): boolean {
    return !this.training.finished && (this.pace !== "paused" || this.owed !== undefined);
  }

  get finished(): boolean {
    return this.training.finished;
  }

  /** Does one slice of work. Returns whether an update is complete. */
  async advance(): Promise<boolean> {
    const { training, owed } = this;
    const start = performance.now();
    const update = training.asynchronous ? await training.advanceAsync(SLICE_STEPS) : training.advance(SLICE_STEPS);
    this.seconds += (performance.now() - start) / 1000;
    if (update !== undefined) this.note(update);
    if (update !== undefined || owed === "gradient") this.owed = undefined;
    return update !== undefined;
  }

  private note({ credit, ...update }: Update): void {
    this.fresh.push(update);
    if (credit !== undefined) this.latest = { ...update, credit };
  }

  /** What happened since the last call. */
  progress(): Progress {
    const { fresh, latest } = this;
    this.fresh = [];
    this.latest = undefined;
    const lesson = latest && lessonOf(latest);
    return { updates: fresh, result: this.training.result(), finished: this.finished, lesson };
  }

  play(options: PlayOptions): Iterable<EpisodePart> {
    return partsOf(playEpisode(this.training, options));
  }

  look(at: LookedAt): Look | undefined {
    return look(this.training, at);
  }

  /** Exporters are loaded when somebody wants one: they are a tenth of the engine. */
  async save(as: Download): Promise<Uint8Array> {
    const { training } = this;
    if (as === "checkpoint") return this.complete(() => training.checkpoint());
    if (as === "weights") return this.complete(() => training.weights());
    if (as === "best") return training.bestPolicy() ?? this.complete(() => training.weights());
    const { toModule, toOnnx } = await import("ascent/export");
    return as === "policy.onnx"
      ? toOnnx(this.training.best())
      : new TextEncoder().encode(toModule(this.training.best()));
  }

  /** Saving completes the update under way. It is noted at once, so that no report is behind what was saved. */
  private async complete(save: () => Uint8Array): Promise<Uint8Array> {
    const { training } = this;
    const bytes = save();
    const completed = training.asynchronous ? await training.advanceAsync(0) : training.advance(0);
    if (completed !== undefined) this.note(completed);
    return bytes;
  }
}

function spacesOf({ policy: { observationSpace, actionSpace } }: Training): Begun["spaces"] {
  try {
    return { observation: describeSpace(observationSpace), action: describeSpace(actionSpace) };
  } catch {
    return undefined;
  }
}

/** A run from a checkpoint, and the budget that it got here. What budgets it had before, a checkpoint does not say. */
function resumed(
  { checkpoint, goOn = false }: Checkpoint,
  explain: Explain,
): { readonly training: Training; readonly extensions: ReportFacts["extensions"] } {
  const run = resume(checkpoint, { explain });
  if (!goOn || !run.finished) return { training: run, extensions: undefined };
  const { episodes, steps } = run.config;
  const open = resume(checkpoint, { explain, stopWhenSolved: false });
  if (!open.finished) return { training: open, extensions: undefined };
  const done = run.result();
  const more = {
    episodes: episodes === null ? null : 2 * Math.max(episodes, done.episodes),
    steps: steps === null ? null : 2 * Math.max(steps, done.steps),
  };
  const given = Object.fromEntries(Object.entries(more).filter(([, limit]) => limit !== null));
  return {
    training: resume(checkpoint, { explain, stopWhenSolved: false, ...given }),
    extensions: [{ ...more, atStep: done.steps }],
  };
}
