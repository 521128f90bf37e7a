/** The one thing to change first: the learning rate. A change begins another run, and the former stays in sight. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { short } from "../number.js";
import { withSetting } from "../share/address.js";
import { begin, type LabRun } from "../state/lab.js";
import { LogSlider } from "./option-control.js";

export function OneControl({ run }: { readonly run: LabRun }) {
  const begun = run.begun.value;
  const rate = begun?.config.options.learningRate;
  const shown = useSignal(0);
  useEffect(() => {
    if (typeof rate === "number") shown.value = rate;
  }, [rate, run]);
  if (begun === undefined || typeof rate !== "number") return null;
  const usual = Number(begun.presetOptions.learningRate ?? rate);
  const train = (value: number): void => {
    shown.value = value;
    if (value === rate) return;
    begin({ link: withSetting(begun.link, "learningRate", value === usual ? undefined : String(value)) });
  };
  return (
    <section class="card one-control" aria-label="One thing to change">
      <label for="rate">
        Learning rate <output for="rate">{short(shown.value || rate)}</output>
      </label>
      <LogSlider
        id="rate"
        from={1e-5}
        to={1}
        value={shown.value || rate}
        onInput={(value) => (shown.value = value)}
        onChange={train}
      />
      <div class="actions">
        <button type="button" onClick={() => train(Number((usual / 30).toPrecision(2)))}>
          ÷ 30: slow
        </button>
        <button type="button" onClick={() => train(usual)}>
          preset
        </button>
        <button type="button" onClick={() => train(Number((usual * 30).toPrecision(2)))}>
          × 30: does it collapse?
        </button>
      </div>
    </section>
  );
}
