import type { TuneNews } from "../node/sweeps/tuning.js";
import { printableJson } from "./printable.js";
import type { Output } from "./run-view.js";
import type { ShownStudy, TuneEnding, TuneView } from "./tune-view.js";

/** One JSON object a line: `start`, each `round`, each `leg` that is done, and `result`. */
export class TuneJsonView implements TuneView {
  private readonly output: Output;
  private study: ShownStudy | undefined;

  constructor(output: Output) {
    this.output = output;
  }

  begin(study: ShownStudy): void {
    this.study = study;
    this.line({ type: "start", folder: study.folder, ...study.record });
  }

  news(news: TuneNews): void {
    if (news.kind === "round") this.line({ type: "round", round: news.round });
    if (news.kind === "leg") {
      const settings = this.study?.settings(news.leg.point);
      this.line({ type: "leg", ...news.leg, settings, seconds: Number(news.seconds.toFixed(3)) });
    }
  }

  tick(): void {}

  end({ findings }: TuneEnding): void {
    if (this.study === undefined) return;
    const { folder, record, seconds } = this.study;
    const settings = findings && this.study.settings(findings.candidate.point);
    const status = findings === undefined ? "interrupted" : "finished";
    const rest = { rounds: record.rounds, seconds: Number(seconds.toFixed(3)), settings, ...findings };
    this.line({ type: "result", folder, status, ...rest });
  }

  private line(value: unknown): void {
    this.output.write(`${printableJson(value)}\n`);
  }
}
