/** Checks of the advantages themselves. */

import { segmentsOf } from "./episodes.js";
import type { InspectOptions } from "./loop.js";
import { episodesAt, normalisedAlone } from "./normalised-parts.js";
import { type Check, place, type Report } from "./reading.js";

/** So many updates with a single advantage of 0 are no chance. */
const ALWAYS_ZERO = 20;
/** Sums may come out as 0 by chance once. */
const TIMES = 3;

/** NaN, and what the deviation of a single number leaves. */
export function advantagesFinite(_options: InspectOptions, report: Report): Check {
  let zeros = 0;
  return (reading) => {
    const { advantages, given } = reading;
    if (advantages === undefined || advantages.length === 0) return;
    zeros = advantages.length === 1 && advantages[0] === 0 ? zeros + 1 : 0;
    const bad = advantages.findIndex((value) => !Number.isFinite(value));
    const segments = segmentsOf(given)?.filter(({ start, end }) => start <= bad && bad < end) ?? [];
    const single = advantages.length === 1 || segments.some(({ start, end }) => end - start === 1);
    if (zeros === ALWAYS_ZERO || (bad >= 0 && single))
      report({
        code: "deviation-of-one",
        severity: "error",
        seen:
          bad < 0
            ? `the only advantage of an update was 0 for ${ALWAYS_ZERO} updates in a row`
            : `advantage ${bad + 1} of ${advantages.length} is ${advantages[bad]} ${place(reading)}, normalised over a single step`,
        why: "One number has no deviation: it becomes 0 by its own mean, and NaN where that is divided by 0.",
        tryNext: "normalise over several steps, leave a single one as it is, and divide by deviation + 1e-8",
      });
    else if (bad >= 0)
      report({
        code: "advantages-not-finite",
        severity: "error",
        seen: `advantage ${bad + 1} of ${advantages.length} is ${advantages[bad]} ${place(reading)}`,
        why: "One such number makes the whole gradient NaN.",
        tryNext:
          "look for a division by 0, such as the deviation of equal returns, and for returns without end (γ = 1)",
      });
  };
}

/** Advantages that were normalised in parts, so that the parts can't be compared any more. */
export function normalisedParts(_options: InspectOptions, report: Report): Check {
  let times = 0;
  return (reading) => {
    const { advantages, given } = reading;
    if (advantages === undefined) return;
    const ends = normalisedAlone(advantages);
    if (ends === undefined) return;
    const segments = advantages.length === given.rewards?.length ? segmentsOf(given) : undefined;
    const byEpisode = segments !== undefined && episodesAt(segments, ends);
    // One part is right, unless it is one episode.
    if ((ends.length === 1 && !byEpisode) || ++times < TIMES) return;
    report({
      code: byEpisode ? "normalised-by-episode" : "normalised-in-parts",
      severity: ends.length === 1 ? "note" : "warning",
      seen: `mean 0 and deviation 1 in each of ${ends.length} ${byEpisode ? (ends.length === 1 ? "episode of an update" : "episodes") : `parts of ${advantages.length} advantages`} ${place(reading)}`,
      why: "What sets a good part apart from a bad one is gone: the best episode has as many bad actions as the worst.",
      tryNext: "mean and deviation over all steps of the batch, of several episodes",
    });
  };
}
