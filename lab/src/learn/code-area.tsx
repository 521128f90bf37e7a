/** Code that can be changed: as tall as it has lines. Tab leaves it, as everywhere on the page. */
export function CodeArea({
  name,
  code,
  onInput,
}: {
  readonly name: string;
  readonly code: string;
  readonly onInput: (code: string) => void;
}) {
  return (
    <textarea
      class="code"
      aria-label={name}
      spellcheck={false}
      autocapitalize="off"
      autocomplete="off"
      wrap="off"
      rows={code.split("\n").length}
      value={code}
      onInput={({ currentTarget }) => onInput(currentTarget.value)}
    />
  );
}
