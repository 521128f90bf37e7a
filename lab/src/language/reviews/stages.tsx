/** The stages of the run, each with how far it is and what came of it. */

import type { StageName } from "ascent/language";
import { accuracy, begun, end, points, told } from "./reviews-state.js";

const ORDER: readonly StageName[] = ["texts", "pairs", "judging", "tuning"];

const NAMES: Readonly<Record<StageName, string>> = {
  texts: "Reference",
  pairs: "Preferences",
  judging: "Reward model",
  tuning: "Policy",
};

export function Stages() {
  const now = told.value;
  const counts = begun.value?.counts;
  const at = now === undefined ? -1 : ORDER.indexOf(now.stage.name);
  return (
    <ol class="stages">
      {ORDER.map((name, i) => {
        const of = counts?.[name] ?? 0;
        const isOver = at > i || end.value !== undefined || (counts !== undefined && of === 0);
        const done = isOver ? 1 : at === i && now !== undefined ? now.stage.done / Math.max(1, of) : 0;
        return (
          <li key={name} aria-current={at === i && !isOver ? "step" : undefined} data-stage={name}>
            <strong>{NAMES[name]}</strong>
            <progress max={1} value={done} aria-label={NAMES[name]} />
            <span class="quiet-text">{saying(name, of)}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** What there is to say of a stage. */
function saying(name: StageName, of: number): string {
  const now = told.value;
  switch (name) {
    case "texts":
      return begun.value === undefined
        ? "The shipped model is being fetched."
        : "The shipped model, which writes reviews.";
    case "pairs":
      return now === undefined || now.preferences === 0
        ? "A judge compares two reviews."
        : `${now.preferences.toLocaleString("en-GB")} pairs compared by a judge.`;
    case "judging": {
      const last = accuracy.value.slice(-10);
      if (last.length === 0) return "It learns from the pairs.";
      const share = last.reduce((a, b) => a + b, 0) / last.length;
      return `It ranks ${Math.round(100 * share)} % of the pairs correctly.`;
    }
    case "tuning":
      return points.value.length === 0 ? "It learns from the reward model." : `Update ${points.value.length} of ${of}.`;
  }
}
