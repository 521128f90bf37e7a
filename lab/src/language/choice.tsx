/** A menu of a few values, each with its words. */

interface ChoiceProps<T extends string> {
  readonly id: string;
  readonly label: string;
  readonly value: T;
  readonly texts: Readonly<Record<T, string>>;
  /** Values that can't be chosen now. */
  readonly without?: readonly string[];
  readonly disabled?: boolean;
  readonly onChange: (value: T) => void;
}

export function Choice<T extends string>({
  id,
  label,
  value,
  texts,
  without = [],
  disabled,
  onChange,
}: ChoiceProps<T>) {
  const names = (Object.keys(texts) as T[]).filter((name) => !without.includes(name));
  return (
    <div class="option">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        onChange={({ currentTarget }) => onChange(currentTarget.value as T)}
      >
        {names.map((name) => (
          <option key={name} value={name}>
            {texts[name]}
          </option>
        ))}
      </select>
    </div>
  );
}
