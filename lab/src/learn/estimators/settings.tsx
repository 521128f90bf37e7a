/** What is measured: the world, the size of a batch, and the estimators. */

import { menu } from "../teacher.js";
import { MOST_ESTIMATORS, measure, question } from "./state.js";

const SIZES = [2, 3, 4, 6, 8, 16, 32, 64];

export function EstimatorSettings() {
  const { world, worldSeed, episodes, estimators } = question.value;
  const known = menu.value;
  if (known === undefined) return null;
  const toggle = (name: string, on: boolean): void => {
    measure({ estimators: on ? [...estimators, name] : estimators.filter((other) => other !== name) });
  };
  return (
    <section class="card measured" aria-label="What is measured">
      <div class="option">
        <label for="world">world</label>
        <select id="world" value={world} onChange={({ currentTarget }) => measure({ world: currentTarget.value })}>
          {known.worlds.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <p class="help">{known.worlds.find(({ name }) => name === world)?.summary}</p>
      </div>
      {world === "random" && (
        <div class="option">
          <label for="world-seed">seed of the world</label>
          <input
            id="world-seed"
            type="number"
            min={0}
            value={worldSeed}
            onChange={({ currentTarget: { valueAsNumber } }) => {
              if (Number.isSafeInteger(valueAsNumber) && valueAsNumber >= 0) measure({ worldSeed: valueAsNumber });
            }}
          />
        </div>
      )}
      <div class="option">
        <label for="episodes">episodes in a batch</label>
        <select
          id="episodes"
          value={String(episodes)}
          onChange={({ currentTarget }) => measure({ episodes: Number(currentTarget.value) })}
        >
          {SIZES.map((size) => (
            <option key={size}>{size}</option>
          ))}
        </select>
      </div>
      <details>
        <summary>{`Estimators: ${estimators.length} of ${known.estimators.length}`}</summary>
        <ul class="estimator-choices">
          {known.estimators.map(({ name, summary }) => {
            const isChosen = estimators.includes(name);
            const isFixed = isChosen ? estimators.length === 1 : estimators.length >= MOST_ESTIMATORS;
            return (
              <li key={name}>
                <label>
                  <input
                    type="checkbox"
                    checked={isChosen}
                    disabled={isFixed}
                    onChange={({ currentTarget }) => toggle(name, currentTarget.checked)}
                  />
                  <span>
                    <strong>{name}</strong> <span class="quiet-text">{summary}</span>
                  </span>
                </label>
              </li>
            );
          })}
        </ul>
      </details>
    </section>
  );
}
