import type { TuneNews } from "../node/sweeps/tuning.js";
import { colours } from "./colour.js";
import { duration } from "./figures.js";
import type { Output } from "./run-view.js";
import { scoreText, shareText, tuneClosing, tuneOpening } from "./tune-text.js";
import type { ShownStudy, TuneEnding, TuneView } from "./tune-view.js";

/** Seconds between two lines. */
const INTERVAL = 10;

/** The view for logs: a line for each round and now and then, and the result. `quiet` prints only the result. */
export class TunePlainView implements TuneView {
  private readonly output: Output;
  private readonly quiet: boolean;
  private readonly clock: () => number;
  private study: ShownStudy | undefined;
  private printedAt = Number.NEGATIVE_INFINITY;

  /** `clock` in seconds. */
  constructor(
    output: Output,
    { quiet = false, clock = () => performance.now() / 1000 }: { quiet?: boolean; clock?: () => number } = {},
  ) {
    this.output = output;
    this.quiet = quiet;
    this.clock = clock;
  }

  begin(study: ShownStudy): void {
    this.study = study;
    this.printedAt = this.clock();
    if (!this.quiet) this.output.write(`${tuneOpening(study, colours(false)).join("\n")}\n`);
  }

  news({ kind }: TuneNews): void {
    if (kind !== "leg" || this.clock() - this.printedAt < INTERVAL) return;
    this.printedAt = this.clock();
    this.line();
  }

  tick(): void {}

  end({ findings }: TuneEnding): void {
    if (this.study === undefined) return;
    const lines = tuneClosing(this.study, findings, colours(false));
    this.output.write(`${this.quiet ? "" : "\n"}${lines.join("\n")}\n`);
  }

  /** `round 2, race | 1/9: 13 of 18, best 0.31, default 0.11 | 1/3: … | 1 min 20 s, 3 min left`. */
  private line(): void {
    const { study } = this;
    if (this.quiet || study === undefined) return;
    const { record, stage, rungs, seconds, secondsLeft } = study;
    const rows = rungs.flatMap(({ share, entered, done, best, usual }) =>
      done === 0
        ? []
        : `${shareText(share)}: ${done} of ${entered}, best ${scoreText(best?.score)}, default ${scoreText(usual?.score)}`,
    );
    const time = `${duration(seconds)}${secondsLeft === undefined ? "" : `, ${duration(secondsLeft)} left`}`;
    this.output.write(`${[`round ${record.rounds}, ${stage.kind}`, ...rows, time].join(" | ")}\n`);
  }
}
