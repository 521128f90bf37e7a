/** The page: its head, and the room that is open. */

import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { theme, toggleTheme } from "./charts/palette.js";
import { LeftBehind } from "./keep/left-behind.js";
import { Room } from "./room.js";
import { trouble } from "./state/lab.js";
import { TrainRoom } from "./train-room.js";
import { open, VIEWS, view } from "./views.js";

export function App() {
  useEffect(() => effect(() => void (document.documentElement.dataset.theme = theme.value)), []);
  const nav = useRef<HTMLElement>(null);
  // On a telephone the names of the rooms are one row, longer than the screen.
  useEffect(() => nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" }), [view.value]);
  const rooms = VIEWS.filter(({ available }) => available?.() ?? true);
  return (
    <>
      <header>
        <h1>
          Ascent <span>lab</span>
        </h1>
        <nav aria-label="Rooms" ref={nav}>
          {rooms.length > 1 &&
            rooms.map(({ id, label }) => (
              <button
                type="button"
                key={id}
                aria-current={id === view.value.id ? "page" : undefined}
                onClick={() => open(id)}
              >
                {label}
              </button>
            ))}
        </nav>
        <a class="from-embed" href={location.href.replace("?embed", "")} target="_blank" rel="noopener">
          Open in the lab
        </a>
        <button type="button" class="quiet" onClick={toggleTheme}>
          {theme.value === "dark" ? "Light" : "Dark"}
        </button>
      </header>
      <main>
        {trouble.value !== undefined && (
          <p class="trouble" role="alert">
            {trouble.value}
          </p>
        )}
        <LeftBehind />
        {view.value.load === undefined ? <TrainRoom /> : <Room key={view.value.id} view={view.value} />}
      </main>
    </>
  );
}
