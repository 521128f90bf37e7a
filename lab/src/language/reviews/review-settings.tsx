/** What the next run does. β alone acts on the run at hand. */

import { Choice } from "../choice.js";
import type { ReviewSettings } from "../protocol.js";
import { settings, start } from "./reviews-state.js";

const PAIRS = [64, 256, 1024, 2048];
const UPDATES = [10, 30, 60, 120];
const RATES = [1e-4, 2e-4, 5e-4, 1e-3];

const texts = (values: readonly number[]): Record<string, string> =>
  Object.fromEntries(
    values.map((value) => [String(value), value.toLocaleString("en-GB", { maximumFractionDigits: 6 })]),
  );

export function ReviewSettingsCard() {
  const now = settings.value;
  const change = (changed: Partial<ReviewSettings>): void => {
    settings.value = { ...now, ...changed };
  };
  const number = (label: string, name: "pairs" | "updates" | "learningRate", values: readonly number[]) => (
    <Choice
      id={`review-${name}`}
      label={label}
      value={String(now[name])}
      texts={texts(values)}
      onChange={(value) => change({ [name]: Number(value) })}
    />
  );
  return (
    <section class="card language-settings" aria-label="The next run">
      <h2>The next run</h2>
      <Choice
        id="review-trainer"
        label="trainer"
        value={now.trainer}
        texts={{ rloo: "RLOO: four answers to each prompt", ppo: "PPO: a critic, four epochs" }}
        onChange={(trainer) => change({ trainer })}
      />
      {number("pairs of preferences", "pairs", PAIRS)}
      {number("updates of the policy", "updates", UPDATES)}
      {number("learning rate", "learningRate", RATES)}
      <div class="option">
        <label for="review-guard">guard</label>
        <input
          id="review-guard"
          type="checkbox"
          checked={now.guard}
          onChange={({ currentTarget }) => change({ guard: currentTarget.checked })}
        />
        <p class="help">A review of fewer than 30 tokens, or one that was cut, is worth −1 at most.</p>
      </div>
      <div class="option">
        <label for="review-seed">seed</label>
        <input
          id="review-seed"
          type="number"
          min={0}
          value={now.seed}
          onChange={({ currentTarget: { valueAsNumber } }) => {
            if (Number.isSafeInteger(valueAsNumber) && valueAsNumber >= 0) change({ seed: valueAsNumber });
          }}
        />
      </div>
      <div class="actions">
        <button type="button" class="primary" onClick={() => start()}>
          Begin this run
        </button>
      </div>
    </section>
  );
}
