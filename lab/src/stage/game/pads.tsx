/** What acts in a game by touch: a button for each action, and a slider for a number. */

import type { Button, Slider } from "./controls.js";

interface PadsProps {
  readonly buttons: readonly Button[];
  readonly held: readonly Button[];
  readonly disabled: boolean;
  readonly onPress: (button: Button) => void;
  readonly onRelease: (button: Button) => void;
  /** Enter or space on a button. */
  readonly onClick: (button: Button) => void;
}

export function Pads({ buttons, held, disabled, onPress, onRelease, onClick }: PadsProps) {
  return (
    <fieldset class="pads" aria-label="Actions">
      {buttons.map((button) => (
        <button
          type="button"
          key={button.key}
          class={held.includes(button) ? "pad pressed" : "pad"}
          disabled={disabled}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            onPress(button);
          }}
          onPointerUp={() => onRelease(button)}
          onPointerCancel={() => onRelease(button)}
          onContextMenu={(event) => event.preventDefault()}
          onClick={({ detail }) => detail === 0 && onClick(button)}
        >
          <kbd>{button.sign}</kbd> {button.label}
        </button>
      ))}
    </fieldset>
  );
}

interface SteerProps {
  readonly slider: Slider;
  readonly value: number;
  readonly onInput: (value: number) => void;
  readonly onLetGo: () => void;
}

export function Steer({ slider: { label, mirrored, low, high }, value, onInput, onLetGo }: SteerProps) {
  return (
    <label class="steer">
      {label}
      <input
        type="range"
        class={mirrored ? "mirrored" : ""}
        min={low}
        max={high}
        step={(high - low) / 40}
        value={value}
        onInput={({ currentTarget }) => onInput(Number(currentTarget.value))}
        onPointerUp={onLetGo}
      />
      <output>{value.toFixed(2)}</output>
    </label>
  );
}
