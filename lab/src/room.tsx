import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import type { View } from "./views.js";

/** A room that is loaded when it is opened. */
export function Room({ view }: { readonly view: View }) {
  const room = useSignal<{ readonly Component: ComponentType } | undefined>(undefined);
  const failed = useSignal(false);
  useEffect(() => {
    view.load?.().then(
      (Component) => (room.value = { Component }),
      () => (failed.value = true),
    );
  }, [view]);
  if (failed.value)
    return (
      <p class="trouble" role="alert">
        This part of the page could not be loaded. Is there a connection?
      </p>
    );
  const loaded = room.value;
  return loaded === undefined ? <p class="sentence">Loading …</p> : <loaded.Component />;
}
