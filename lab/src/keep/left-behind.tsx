import { catalogue } from "../state/lab.js";
import { forget, goOn, left } from "./keep.js";

/** Asks whether to go on with what an earlier visit left behind. It stands in the page, and waits. */
export function LeftBehind() {
  const found = left.value;
  // Before the engine is ready, the page's own first run would begin after these and take their place in sight.
  if (found.length === 0 || catalogue.value === undefined) return null;
  const [first] = found;
  const what =
    found.length === 1
      ? `A run was still training when this page was closed: ${first.episodes} episodes of ${describe(first.link)}.`
      : `${found.length} runs were still training when this page was closed.`;
  return (
    <section class="card left-behind" aria-label="From your last visit">
      <p>{what}</p>
      <div class="actions">
        <button type="button" class="primary" onClick={() => void goOn()}>
          Go on
        </button>
        <button type="button" onClick={() => void forget()}>
          Forget
        </button>
      </div>
    </section>
  );
}

function describe(link: string): string {
  const settings = new URLSearchParams(link);
  return `${settings.get("algorithm")} on ${settings.get("env")}, seed ${settings.get("seed")}`;
}
