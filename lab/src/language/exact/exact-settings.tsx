/** What learns, and what divergence costs it. */

import type { KlEstimate, KlPlace } from "ascent/language";
import { BetaSlider } from "../beta-slider.js";
import { Choice } from "../choice.js";
import type { Learner, World } from "../protocol.js";
import { learn, settings } from "./exact-state.js";

const WORLD_TEXT: Readonly<Record<World, string>> = {
  token: "one token of 16",
  tree: "64 texts of three tokens",
};
const LEARNER_TEXT: Readonly<Record<Learner, string>> = {
  expected: "the expected step, no noise",
  reinforce: "REINFORCE",
  rloo: "RLOO",
  grpo: "GRPO",
  ppo: "PPO",
};
const ESTIMATE_TEXT: Readonly<Record<KlEstimate, string>> = {
  k1: "k1 = u",
  k2: "k2 = u²/2",
  k3: "k3 = e⁻ᵘ − 1 + u",
};

export function ExactSettingsCard() {
  const { world, learner, beta, kl, klPlace, seed } = settings.value;
  const hasPlace = learner === "expected" || learner === "rloo";
  const hasEstimate = hasPlace || learner === "grpo";
  return (
    <section class="card language-settings" aria-label="Settings">
      <Choice
        id="exact-world"
        label="world"
        value={world}
        texts={WORLD_TEXT}
        onChange={(chosen) => learn({ world: chosen })}
      />
      <Choice
        id="exact-learner"
        label="trainer"
        value={learner}
        texts={LEARNER_TEXT}
        without={world === "tree" ? ["expected"] : []}
        onChange={(chosen) => learn({ learner: chosen })}
      />
      <Choice
        id="exact-kl"
        label="estimate of the divergence"
        value={hasEstimate ? kl : "k1"}
        texts={ESTIMATE_TEXT}
        disabled={!hasEstimate}
        onChange={(chosen) => learn({ kl: chosen })}
      />
      <Choice<KlPlace>
        id="exact-place"
        label="place of the divergence"
        value={hasPlace ? klPlace : learner === "grpo" ? "loss" : "reward"}
        texts={{ reward: "subtracted from the reward", loss: "added to the loss" }}
        disabled={!hasPlace}
        onChange={(chosen) => learn({ klPlace: chosen })}
      />
      <p class="help">
        {hasPlace
          ? "u = ln π(y) − ln π_ref(y), of a token that was drawn."
          : `${LEARNER_TEXT[learner]} has its own place for it. RLOO leaves both open.`}
      </p>
      <BetaSlider id="exact-beta" value={beta} least={0.05} onChange={(value) => learn({ beta: value })} />
      {learner !== "expected" && (
        <div class="actions">
          <button type="button" onClick={() => learn({ seed: seed + 1 })}>
            Another seed
          </button>
          <span class="quiet-text">{`seed ${seed}`}</span>
        </div>
      )}
    </section>
  );
}
