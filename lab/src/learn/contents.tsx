import type { ComponentChildren } from "preact";

/** A list beside what is read: open where there is place for both, folded above it on a telephone. */
export function Contents({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <nav class="chapters" aria-label={name}>
      <details open={matchMedia("(min-width: 56rem)").matches}>
        <summary>{name}</summary>
        {children}
      </details>
    </nav>
  );
}
