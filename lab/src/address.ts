/** The part of the address after `#`: the link of the selected run, the open room, and at first the token of `ascent lab`. */

import { effect } from "@preact/signals";
import { keepToken } from "./disk/token.js";
import { arrive, OWN, ownLink } from "./own-env/arrived.js";
import { selected } from "./state/lab.js";
import { open, view } from "./views.js";

/** Reads what the page needs out of the address, and returns the rest: the link of a run. */
export function readAddress(): string {
  const settings = new URLSearchParams(location.hash.slice(1));
  const token = settings.get("token");
  if (token !== null) keepToken(token);
  const room = settings.get("view");
  if (room !== null) open(room);
  settings.delete("token");
  settings.delete("view");
  if (arrive(settings)) {
    open(OWN);
    return "";
  }
  return settings.toString();
}

/** Keeps the address that of what is seen, and follows it when it is edited. */
export function followAddress(begin: (link: string) => void): void {
  effect(() => {
    const { id } = view.value;
    const room = id === "train" ? [] : [`view=${id}`];
    const link = id === OWN ? (ownLink.value ?? "") : selected.value?.begun.value?.link;
    if (link === undefined) return;
    const fragment = [...room, ...(link === "" ? [] : [link])].join("&");
    if (location.hash.slice(1) !== fragment) history.replaceState(null, "", `#${fragment}`);
  });
  addEventListener("hashchange", () => {
    const link = readAddress();
    if (link !== "" && link !== new URLSearchParams(selected.peek()?.begun.peek()?.link).toString()) begin(link);
  });
}
