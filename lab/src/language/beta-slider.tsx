/** β by a slider that reaches 0, with more room for small values. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { betaAt, LARGEST_BETA, placeOf, STEPS } from "./beta-scale.js";

export interface BetaSliderProps {
  readonly id: string;
  readonly value: number;
  /** The smallest β that is allowed. Default: 0. */
  readonly least?: number;
  /** Hears of each value while the slider is moved. */
  readonly onInput?: (beta: number) => void;
  /** Hears of the value that it is let go at. */
  readonly onChange?: (beta: number) => void;
}

export function BetaSlider({ id, value, least = 0, onInput, onChange }: BetaSliderProps) {
  const shown = useSignal(value);
  useEffect(() => {
    shown.value = value;
  }, [value]);
  const read = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }): number => {
    shown.value = Math.max(least, betaAt(Number(currentTarget.value)));
    return shown.peek();
  };
  return (
    <div class="beta">
      <label for={id}>
        β, the price of a nat of divergence <output for={id}>{String(shown.value)}</output>
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={STEPS}
        value={placeOf(shown.value)}
        aria-valuetext={`β ${shown.value}`}
        onInput={(event) => {
          const beta = read(event);
          onInput?.(beta);
        }}
        onChange={(event) => {
          const beta = read(event);
          onChange?.(beta);
        }}
      />
      <p class="beta-ends" aria-hidden="true">
        <span>{least}</span>
        <span>{LARGEST_BETA}</span>
      </p>
    </div>
  );
}
