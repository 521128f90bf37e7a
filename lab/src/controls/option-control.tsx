/** A control for one option, made from its declaration: kind, bounds, choices, the range that is worth trying, help. */

import type { Schema } from "ascent/algorithms";
import { useId } from "preact/hooks";
import { short } from "../number.js";
import { words } from "../words.js";

type Option = Schema[string];

export interface OptionControlProps {
  readonly name: string;
  readonly option: Option;
  /** As it stands in a link. */
  readonly text: string;
  /** What the preset has. */
  readonly usual: string;
  readonly onChange: (text: string | undefined) => void;
}

export function OptionControl({ name, option, text, usual, onChange }: OptionControlProps) {
  const id = useId();
  const changed = text !== usual;
  return (
    <div class={changed ? "option changed" : "option"}>
      <label for={id}>{words(name)}</label>
      <Input id={id} option={option} text={text} onChange={(next) => onChange(next === usual ? undefined : next)} />
      {changed && (
        <button type="button" class="quiet" title={`The preset has ${usual}`} onClick={() => onChange(undefined)}>
          {`back to ${usual}`}
        </button>
      )}
      <p class="help">{option.help}</p>
    </div>
  );
}

interface InputProps {
  readonly id: string;
  readonly option: Option;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

function Input({ id, option, text, onChange }: InputProps) {
  const changed = ({ currentTarget }: { readonly currentTarget: HTMLInputElement | HTMLSelectElement }): void =>
    onChange(currentTarget.value);
  switch (option.kind) {
    case "choice":
      return (
        <select id={id} value={text} onChange={changed}>
          {option.choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      );
    case "flag":
      return (
        <input
          id={id}
          type="checkbox"
          checked={text === "true"}
          onChange={({ currentTarget }) => onChange(String(currentTarget.checked))}
        />
      );
    case "real":
    case "int":
    case "schedule":
      return <input id={id} inputMode="decimal" size={8} value={text} onChange={changed} />;
    default:
      return <input id={id} size={14} value={text} onChange={changed} />;
  }
}

/** A number by its logarithm: the values between which a setting acts lie evenly on it. */
export function LogSlider({
  id,
  from,
  to,
  value,
  onInput,
  onChange,
}: {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly onInput: (value: number) => void;
  readonly onChange: (value: number) => void;
}) {
  const read = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }): number =>
    rounded(10 ** Number(currentTarget.value));
  return (
    <input
      id={id}
      type="range"
      min={Math.log10(from)}
      max={Math.log10(to)}
      step={0.05}
      value={Math.log10(value)}
      aria-valuetext={short(value)}
      onInput={(event) => onInput(read(event))}
      onChange={(event) => onChange(read(event))}
    />
  );
}

/** Two digits: nobody means the others. */
function rounded(x: number): number {
  return Number(x.toPrecision(2));
}
