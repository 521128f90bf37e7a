/** With what the agent learns in the user's environment. */

import { OptionControl } from "../controls/option-control.js";
import { settingsOf } from "../share/address.js";
import { catalogue } from "../state/lab.js";
import { run, set, settings } from "./own-state.js";

export function OwnSettings() {
  const known = catalogue.value?.algorithms ?? [];
  const given = settingsOf(settings.value);
  const name = given.get("algorithm") ?? "reinforce";
  const algorithm = known.find((one) => one.name === name);
  const begun = run.value?.begun.value;
  const usualOf = (option: string, fallback: unknown): string => {
    const preset = begun?.config.algorithm === name ? begun.presetOptions[option] : undefined;
    return typed(preset ?? fallback);
  };
  return (
    <div class="own-settings">
      <label>
        algorithm
        <select value={name} onChange={({ currentTarget }) => set("algorithm", currentTarget.value)}>
          {known.map((one) => (
            <option key={one.name}>{one.name}</option>
          ))}
        </select>
      </label>
      <label>
        steps
        <input
          inputMode="numeric"
          size={8}
          value={given.get("steps") ?? ""}
          placeholder="preset"
          onChange={({ currentTarget }) => set("steps", currentTarget.value === "" ? undefined : currentTarget.value)}
        />
      </label>
      <label>
        seed
        <input
          inputMode="numeric"
          size={6}
          value={given.get("seed") ?? "0"}
          onChange={({ currentTarget }) => set("seed", currentTarget.value)}
        />
      </label>
      {algorithm !== undefined && (
        <details>
          <summary>{`All options of ${name}`}</summary>
          {Object.entries(algorithm.options).map(([option, schema]) => (
            <OptionControl
              key={option}
              name={option}
              option={schema}
              text={given.get(option) ?? usualOf(option, schema.default)}
              usual={usualOf(option, schema.default)}
              onChange={(text) => set(option, text)}
            />
          ))}
        </details>
      )}
    </div>
  );
}

/** A value as it stands in a link. */
function typed(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(",");
  return String(value);
}
