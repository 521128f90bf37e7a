/** The curves of a run on a language task, stage by stage, from its updates one by one. */

import { STAGES, type StageName } from "../../language/run/stages.js";
import type { Update } from "../../training/types.js";
import { LongCurve } from "../long-curve.js";
import { everySecond } from "../sample.js";

const MOST_POINTS = 2000;

/** A value of an update by the name that its chart has. */
type Values = Readonly<Record<string, number>>;

export class LanguageCurves {
  private readonly curves = new Map<string, LongCurve>();
  private updates = 0;
  /** √KL, reward (or the margin of a trainer on preferences) and gold score of updates together. Of long runs, every second, fourth … update is kept. */
  points: { readonly rootKl: number; readonly reward: number; readonly gold: number }[] = [];

  add(update: Update): void {
    const { diagnostics, returns, info, episodes } = update;
    this.updates++;
    const stage = STAGES[diagnostics.stage];
    if (stage === undefined || stage === "pairs") return;
    const { stage: _, kl, ...own } = diagnostics;
    if (stage !== "tuning") {
      this.keep(stage, this.updates, own);
      return;
    }
    const reward = own.margin ?? returns.reduce((a, b) => a + b, 0) / returns.length;
    this.keep(stage, episodes, { ...(own.margin === undefined ? { reward } : {}), ...info, kl, ...own });
    this.points.push({ rootKl: Math.sqrt(Math.max(0, kl)), reward, gold: info.gold });
    if (this.points.length > MOST_POINTS) this.points = everySecond(this.points);
  }

  private keep(stage: StageName, x: number, values: Values): void {
    for (const [name, value] of Object.entries(values)) {
      const key = `${stage}.${name}`;
      const curve = this.curves.get(key) ?? new LongCurve();
      this.curves.set(key, curve);
      curve.add(x, value);
    }
  }

  /** The curve of a value in a stage, such as the loss of texts. */
  of(stage: StageName, name: string): { readonly x: readonly number[]; readonly y: readonly number[] } | undefined {
    return this.curves.get(`${stage}.${name}`);
  }

  /** The names of a stage's values. */
  names(stage: StageName): readonly string[] {
    return [...this.curves.keys()].flatMap((key) => (key.startsWith(`${stage}.`) ? key.slice(stage.length + 1) : []));
  }
}
