import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { back } from "./place.js";

/** The head of what was opened: the way back, and its name, which has the focus so that it is read out. */
export function PageHead({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }, []);
  return (
    <div class="disk-head">
      <button type="button" onClick={back}>
        ← Back
      </button>
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </div>
  );
}
