/** The page. */

import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { theme, toggleTheme } from "./charts/palette.js";
import { RunCharts } from "./charts/run-charts.js";
import { OneControl } from "./controls/one-control.js";
import { Settings } from "./controls/settings.js";
import { TrainingTransport } from "./controls/transport.js";
import { RunList } from "./run-list.js";
import { sentenceOf } from "./sentence.js";
import { Share } from "./share/share.js";
import { Stage } from "./stage/stage.js";
import { selected, trouble } from "./state/lab.js";
import { UpdateLesson } from "./understand/update-lesson.js";

export function App() {
  const run = selected.value;
  useEffect(() => effect(() => void (document.documentElement.dataset.theme = theme.value)), []);
  return (
    <>
      <header>
        <h1>
          <a href="#" aria-label="Ascent lab, start page">
            Ascent <span>lab</span>
          </a>
        </h1>
        <p class="claim">Policy gradients in this tab. Nothing leaves it.</p>
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
        {run === undefined ? (
          <p class="sentence">The engine is starting.</p>
        ) : (
          <>
            <p class="sentence" aria-live="off">
              {sentenceOf(run)}
            </p>
            {run.begun.value?.sameAsLinked === false && (
              <p class="trouble" role="alert">
                The link was made with settings that this version no longer has. The run below may have other bits.
              </p>
            )}
            {run.begun.value?.warning !== undefined && <p class="trouble">{run.begun.value.warning}</p>}
            <div class="grid">
              <div class="column">
                <Stage key={run.id} run={run} />
                <OneControl run={run} />
              </div>
              <div class="column">
                <RunCharts />
                <TrainingTransport run={run} />
                <RunList />
                <UpdateLesson key={run.id} run={run} />
                <Share run={run} />
                <Settings run={run} />
              </div>
            </div>
          </>
        )}
      </main>
    </>
  );
}
