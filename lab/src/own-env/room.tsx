/** The room in which visitors write an environment, check it, and train in it. */

import { sentenceOf } from "../sentence.js";
import { CopyRow } from "../share/copy-row.js";
import { download } from "../share/download.js";
import { Watch } from "../stage/watch.js";
import "../stage/stage.css";
import { Editor } from "./editor.js";
import { EXAMPLES } from "./examples.js";
import { Findings } from "./findings.js";
import { kept } from "./kept.js";
import { OwnCharts } from "./own-charts.js";
import { OwnSettings } from "./own-settings.js";
import {
  address,
  allow,
  check,
  code,
  end,
  foreign,
  former,
  framesPerSecond,
  pause,
  play,
  replace,
  run,
  train,
  work,
} from "./own-state.js";
import { PATIENCE } from "./sandbox.js";
import "./own-env.css";

export function OwnEnvRoom() {
  const one = run.value;
  // Code that threw at once has nothing to show.
  const shown = one?.status.value === "failed" && one.history.updateCount === 0 ? undefined : one;
  return (
    <>
      <p class="sentence">{one === undefined ? "Write a world, and train an agent in it." : sentenceOf(one)}</p>
      <div class="grid own-env">
        <div class="column">
          <section class="card" aria-label="Your environment">
            <Origin />
            <Editor />
            <Actions />
            <Findings />
            <OwnSettings />
            <p class="help">
              {`Your code is compiled and run in this browser. Nothing is sent anywhere: it stays here, and in the links that you make. Code that doesn't respond within ${PATIENCE} seconds is stopped.`}
            </p>
          </section>
        </div>
        <div class="column">
          {shown === undefined ? (
            <p class="card empty">The agent appears here, and how well it does.</p>
          ) : (
            <>
              <section class="card stage" aria-label="The policy acts">
                <Watch key={shown.id} run={shown} play={play} rate={framesPerSecond.value} />
              </section>
              <OwnCharts />
              <Take />
            </>
          )}
        </div>
      </div>
    </>
  );
}

/** Where the code comes from. */
function Origin() {
  if (foreign.value) {
    const own = kept()?.code;
    return (
      <div class="trouble" role="alert">
        <p>
          This code came with the link, and it has not run. Read it first. It would run apart from this page: it can
          reach no network, no files, and nothing that this site keeps.
        </p>
        <div class="actions">
          <button type="button" class="primary" onClick={allow}>
            I have read it: run this code
          </button>
          <button type="button" onClick={() => replace(own ?? EXAMPLES[0].code)}>
            {own === undefined ? "Leave it, and begin with an example" : "Leave it, back to my code"}
          </button>
        </div>
      </div>
    );
  }
  const shown = EXAMPLES.findIndex((example) => example.code === code.value);
  return (
    <div class="origin">
      <label>
        Begin with
        <select
          value={String(shown)}
          onChange={({ currentTarget }) => replace(EXAMPLES[Number(currentTarget.value)].code)}
        >
          {shown === -1 && <option value="-1">Your own code</option>}
          {EXAMPLES.map(({ label }, i) => (
            <option key={label} value={String(i)}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {former.value !== undefined && (
        <button type="button" onClick={() => replace(former.value ?? "")}>
          Back to your former code
        </button>
      )}
    </div>
  );
}

function Actions() {
  if (foreign.value) return null;
  const one = run.value;
  const { kind } = work.value;
  return (
    <div class="actions">
      <button type="button" class="primary" onClick={() => void train()}>
        Train
      </button>
      <button type="button" onClick={() => void check()}>
        Check
      </button>
      {kind === "training" && (
        <button type="button" onClick={pause}>
          {one?.status.value === "paused" ? "Go on" : "Pause"}
        </button>
      )}
      {kind !== "nothing" && (
        <button type="button" onClick={end}>
          Stop
        </button>
      )}
    </div>
  );
}

/** The link, the file, and the hash that both lead to. */
function Take() {
  const begun = run.value?.begun.value;
  if (begun === undefined || address.value === undefined) return null;
  const text = address.value;
  return (
    <section class="card share" aria-label="Share">
      <h2>The link has the code in it, and leads to the same bits</h2>
      <CopyRow label="Link" text={text} />
      <p class="hash">
        {`Weights after ${run.value?.result.value?.updates ?? 0} updates: `}
        <code data-hash>{String(run.value?.result.value?.weightsSha256 ?? "…")}</code>
      </p>
      <p class="help">The code is a module of Ascent as it stands. With the file, in a terminal:</p>
      <p>
        <code class="command">{`${begun.command} --import ./environment.ts`}</code>
      </p>
      <div class="actions">
        <button
          type="button"
          onClick={() => download("environment.ts", new Blob([code.value], { type: "text/plain" }))}
        >
          Save environment.ts
        </button>
      </div>
    </section>
  );
}
