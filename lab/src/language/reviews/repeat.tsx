/** How to get the same run again: the command, or the changes of β that were made by hand. */

import type { Steering } from "ascent/language";
import { CopyRow } from "../../share/copy-row.js";
import type { ReviewSettings, ReviewsBegun } from "../protocol.js";
import { reviewCommand } from "./review-config.js";
import { begun, end, ranWith, steered } from "./reviews-state.js";

export function Repeat() {
  const settings = ranWith.value;
  const known = begun.value;
  if (settings === undefined || known === undefined) return null;
  return (
    <section class="card repeat" aria-label="The same run again">
      <h2>The same run again</h2>
      <CopyRow label="Command" text={reviewCommand(settings)} />
      <Steered begun={known} settings={settings} changes={steered.value} />
      {end.value !== undefined && (
        <p class="hash">
          Weights: <code>{end.value.weightsSha256}</code>
        </p>
      )}
    </section>
  );
}

function Steered({
  begun: { counts },
  settings,
  changes,
}: {
  readonly begun: ReviewsBegun;
  readonly settings: ReviewSettings;
  readonly changes: readonly Steering[];
}) {
  if (changes.length === 0)
    return <p class="help">Without a change of β by hand, it prints the same figures and gives the same weights.</p>;
  const before = counts.texts + counts.pairs + counts.judging;
  const says = changes.map(({ update, beta }) => `${beta} from update ${Math.max(1, update - before)} on`);
  return (
    <p class="steered" role="note">
      {`Steered by hand: β was ${settings.beta}, then ${says.join(", ")}. The command alone does not repeat this run. A program does, which calls run.setBeta before the same updates: `}
      <code>{JSON.stringify(changes)}</code>
      {" counts those of all stages."}
    </p>
  );
}
