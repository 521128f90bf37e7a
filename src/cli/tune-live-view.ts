import type { TuneNews } from "../node/sweeps/tuning.js";
import type { ColourDepth } from "../scene/index.js";
import { leaderOf } from "../sweeps/tuning/rung-table.js";
import { type Colours, colours } from "./colour.js";
import { count, duration } from "./figures.js";
import { Painting, type Terminal } from "./painting.js";
import { bar } from "./progress-bar.js";
import { rungLines, settingsText, tuneClosing, tuneOpening } from "./tune-text.js";
import type { ShownStudy, TuneEnding, TuneView } from "./tune-view.js";
import { wrap } from "./wrap.js";

const FRAME_MS = 200;
const WIDEST_BAR = 40;

const STAGES = {
  race: "race",
  finalists: "more seeds for the finalists",
  "fresh seeds": "fresh seeds",
  over: "done",
} as const;

/** The view for a terminal: the rungs, the best settings so far, and the time left. */
export class TuneLiveView implements TuneView {
  private readonly terminal: Terminal;
  private readonly colours: Colours;
  private readonly clock: () => number;
  private study: ShownStudy | undefined;
  private painting: Painting | undefined;
  private drawnAt = Number.NEGATIVE_INFINITY;

  /** `clock` in milliseconds. */
  constructor(terminal: Terminal, depth: ColourDepth, clock: () => number = () => performance.now()) {
    this.terminal = terminal;
    this.colours = colours(depth !== "none");
    this.clock = clock;
  }

  begin(study: ShownStudy): void {
    this.study = study;
    const columns = this.terminal.columns ?? 80;
    const lines = tuneOpening(study, this.colours).flatMap((line) => wrap(line, columns));
    this.terminal.write(`${lines.join("\n")}\n\n`);
    this.painting = new Painting(this.terminal);
    this.tick();
  }

  news(news: TuneNews): void {
    if (news.kind !== "progress") this.tick();
  }

  tick(): void {
    const now = this.clock();
    if (now - this.drawnAt < FRAME_MS) return;
    this.drawnAt = now;
    this.draw();
  }

  end({ findings }: TuneEnding): void {
    this.draw();
    this.painting?.end();
    if (this.study === undefined) return;
    this.terminal.write(`\n${tuneClosing(this.study, findings, this.colours).join("\n")}\n`);
  }

  private draw(): void {
    const { study, painting } = this;
    if (study === undefined || painting === undefined) return;
    const { columns } = painting;
    const { rungs, stage } = study;
    const leader = stage.candidate ?? leaderOf(rungs, stage.standings);
    const best = leader === undefined ? [] : wrap(`best so far: ${settingsText(study.settings(leader))}`, columns);
    painting.draw([...rungLines(rungs, columns), "", ...best, "", this.progress(study, columns)]);
  }

  /** `━━━━━━━━──────────  round 3, race  1 min 20 s, 3 min left`. */
  private progress({ record, stage, seconds, secondsLeft }: ShownStudy, columns: number): string {
    const left = secondsLeft === undefined ? "" : `, ${duration(secondsLeft)} left`;
    const round = stage.kind === "race" ? `round ${record.rounds}` : count(record.rounds, "round");
    const text = `${round}, ${STAGES[stage.kind]}  ${duration(seconds)}${left}`;
    const room = Math.min(WIDEST_BAR, columns - text.length - 2);
    const share = secondsLeft === undefined ? 0 : seconds / (seconds + secondsLeft);
    return bar(Math.round(room * share), room, this.colours) + text;
  }
}
