/** The part of the address after `#`: the link of the selected run, the open room, and at first the token of `ascent lab`. */

import { batch, effect } from "@preact/signals";
import { type Place, way } from "./disk/place.js";
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

/** What an entry of the browser's history is about: Back and Forward lead through rooms, and through what was opened in Runs. */
interface Moment {
  readonly view: string;
  readonly way: readonly Place[];
}

/** Keeps the address that of what is seen, and follows it when it is edited, and when the browser goes back. */
export function followAddress(begin: (link: string) => void): void {
  restore(history.state);
  effect(() => {
    const { id } = view.value;
    const moment: Moment = { view: id, way: way.value };
    const room = id === "train" ? [] : [`view=${id}`];
    const link = id === OWN ? (ownLink.value ?? "") : selected.value?.begun.value?.link;
    if (link === undefined) return;
    const fragment = `#${[...room, ...(link === "" ? [] : [link])].join("&")}`;
    const before: Moment | null = history.state;
    if (before !== null && JSON.stringify(before) !== JSON.stringify(moment)) history.pushState(moment, "", fragment);
    else if (before === null || location.hash !== fragment) history.replaceState(moment, "", fragment);
  });
  addEventListener("popstate", ({ state }) => restore(state));
  addEventListener("hashchange", () => {
    const link = readAddress();
    if (link !== "" && link !== new URLSearchParams(selected.peek()?.begun.peek()?.link).toString()) begin(link);
  });
}

/** An address that somebody has typed has no moment. */
function restore(moment: Moment | null): void {
  if (moment === null) return;
  batch(() => {
    open(moment.view);
    way.value = moment.way;
  });
}
