import { useSignal } from "@preact/signals";

/** A line of text to take out of the page: `The link` is what it says when `Link` was copied. */
export function CopyRow({ label, text }: { readonly label: string; readonly text: string }) {
  const said = useSignal("");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = `The ${label.toLowerCase()} is copied.`;
    } catch {
      said.value = "This browser does not allow copying here: mark the text and copy it yourself.";
    }
  };
  return (
    <>
      <div class="copy">
        <label class="wide">
          {label}
          <input readOnly value={text} />
        </label>
        <button type="button" onClick={() => void copy()}>
          Copy
        </button>
      </div>
      <p class="help" role="status">
        {said.value}
      </p>
    </>
  );
}
