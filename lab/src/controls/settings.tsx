/** What is trained: algorithm, environment, preset and all options, made from their declarations. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { settingsOf, withSetting } from "../share/address.js";
import { begin, catalogue, type LabRun } from "../state/lab.js";
import { asText } from "../words.js";
import { OptionControl } from "./option-control.js";

export function Settings({ run }: { readonly run: LabRun }) {
  const begun = run.begun.value;
  const draft = useSignal("");
  useEffect(() => {
    if (begun !== undefined) draft.value = begun.link;
  }, [begun]);
  const known = catalogue.value;
  if (begun === undefined || known === undefined) return null;
  const settings = settingsOf(draft.value || begun.link);
  const algorithm = known.algorithms.find(({ name }) => name === settings.get("algorithm"));
  const env = known.envs.find(({ id }) => id === settings.get("env"));
  if (algorithm === undefined || env === undefined) return null;
  const set = (name: string, text: string | undefined): void => {
    draft.value = withSetting(draft.value, name, text);
  };
  /** Options of another algorithm mean nothing here. */
  const choose = (name: "algorithm" | "env", text: string): void => {
    const kept = new Map([...settings].filter(([key]) => ["algorithm", "env", "seed"].includes(key)));
    kept.set(name, text);
    draft.value = [...kept].map(([key, value]) => `${key}=${value}`).join("&");
  };
  const presets = Object.entries(algorithm.presets).filter(
    ([, { only }]) => only === undefined || only.includes(env.id),
  );
  const sameBase =
    begun.config.algorithm === algorithm.name &&
    begun.config.env === env.id &&
    begun.config.preset === (settings.get("preset") ?? "default");
  const usualOf = (name: string): string => {
    const presetValue = sameBase ? begun.presetOptions[name] : undefined;
    return asText(presetValue ?? algorithm.options[name].default);
  };
  const dirty = draft.value !== "" && settingsText(draft.value) !== settingsText(begun.link);
  return (
    <section class="card settings" aria-label="Settings">
      <h2>Settings</h2>
      <div class="option">
        <label for="algorithm">algorithm</label>
        <select
          id="algorithm"
          value={algorithm.name}
          onChange={({ currentTarget }) => choose("algorithm", currentTarget.value)}
        >
          {known.algorithms.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <p class="help">{algorithm.summary}</p>
      </div>
      <div class="option">
        <label for="env">environment</label>
        <select id="env" value={env.id} onChange={({ currentTarget }) => choose("env", currentTarget.value)}>
          {known.envs.map(({ id }) => (
            <option key={id}>{id}</option>
          ))}
        </select>
        <p class="help">{env.summary}</p>
      </div>
      <div class="option">
        <label for="preset">preset</label>
        <select
          id="preset"
          value={settings.get("preset") ?? "default"}
          onChange={({ currentTarget }) =>
            set("preset", currentTarget.value === "default" ? undefined : currentTarget.value)
          }
        >
          {presets.map(([name]) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <p class="help">{algorithm.presets[settings.get("preset") ?? "default"]?.summary}</p>
      </div>
      <div class="option">
        <label for="seed">seed</label>
        <input
          id="seed"
          inputMode="numeric"
          size={8}
          value={settings.get("seed") ?? "0"}
          onChange={({ currentTarget }) => set("seed", currentTarget.value)}
        />
        <p class="help">the same seed and settings give the same bits, here and on the command line</p>
      </div>
      <details>
        <summary>All options of {algorithm.name}</summary>
        {Object.entries(algorithm.options).map(([name, option]) => (
          <OptionControl
            key={name}
            name={name}
            option={option}
            text={settings.get(name) ?? usualOf(name)}
            usual={usualOf(name)}
            onChange={(text) => set(name, text)}
          />
        ))}
      </details>
      <details>
        <summary>Options of {env.id}</summary>
        {Object.entries(env.options).map(([name, option]) => (
          <OptionControl
            key={name}
            name={name}
            option={option}
            text={settings.get(`env.${name}`) ?? asText(option.default)}
            usual={asText(option.default)}
            onChange={(text) => set(`env.${name}`, text)}
          />
        ))}
      </details>
      <div class="actions">
        <button type="button" class="primary" onClick={() => begin({ link: draft.value })}>
          {dirty ? "Train with these" : "Train again"}
        </button>
        {dirty && (
          <button type="button" onClick={() => (draft.value = begun.link)}>
            Undo changes
          </button>
        )}
      </div>
    </section>
  );
}

function settingsText(link: string): string {
  return [...settingsOf(link)].join(";");
}
