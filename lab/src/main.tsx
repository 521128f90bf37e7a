/** Starts the page: a run is under way before anything is clicked. */

import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app.js";
import { begin, selected, startEngine } from "./state/lab.js";
import "./style.css";

const host = document.getElementById("lab");
if (host === null) throw new Error("The page has no place for the lab.");
render(<App />, host);
startEngine(() => void begin({ link: location.hash.slice(1) }));

// The address is always the link of what is seen.
effect(() => {
  const link = selected.value?.begun.value?.link;
  if (link !== undefined && location.hash.slice(1) !== link) history.replaceState(null, "", `#${link}`);
});
addEventListener("hashchange", () => {
  const link = location.hash.slice(1);
  if (link !== selected.peek()?.begun.peek()?.link) begin({ link });
});
