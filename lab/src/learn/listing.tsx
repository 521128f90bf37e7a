import type { ComponentChildren } from "preact";

/** Code, or what it prints. Long lines are scrolled, by keyboard too. */
export function Listing({
  kind,
  children,
}: {
  readonly kind: "code" | "printed";
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled has to be reached by keyboard
    <pre class={kind} tabIndex={0}>
      {children}
    </pre>
  );
}
