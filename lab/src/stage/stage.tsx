/** The environment, drawn live: the policy is watched, or somebody plays; and maps of what it would do elsewhere. */

import { useSignal } from "@preact/signals";
import { Later } from "../later.js";
import type { LabRun } from "../state/lab.js";
import "./stage.css";
import { Watch } from "./watch.js";

const game = () => import("./game/game.js").then(({ Game }) => Game);
const maps = () => import("./maps/maps.js").then(({ Maps }) => Maps);

export function Stage({ run }: { readonly run: LabRun }) {
  const playing = useSignal(false);
  const mapped = useSignal(false);
  return (
    <>
      <section class="card stage" aria-label="The policy acts">
        <fieldset class="tabs" aria-label="Who acts">
          <button type="button" aria-pressed={!playing.value} onClick={() => (playing.value = false)}>
            Watch the policy
          </button>
          <button
            type="button"
            aria-pressed={playing.value}
            disabled={run.begun.value === undefined}
            onClick={() => (playing.value = true)}
          >
            Play it yourself
          </button>
        </fieldset>
        {playing.value ? <Later load={game} run={run} /> : <Watch run={run} />}
      </section>
      <details
        class="card elsewhere"
        open={mapped.value}
        onToggle={({ currentTarget }) => (mapped.value = currentTarget.open)}
      >
        <summary>What would it do in other states?</summary>
        {mapped.value && <Later load={maps} run={run} />}
      </details>
    </>
  );
}
