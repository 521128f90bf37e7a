/** Findings about what a random policy met in an environment. */

import { spreadOf } from "../examine/scales.js";
import type { Finding } from "../finding.js";
import { RANGES } from "../ranges.js";
import { REASONS } from "../reasons.js";
import { shown } from "../run/try-next.js";
import type { RandomPlay } from "./random-play.js";

/** Shorter episodes of equal length are no sign of a limit. */
const SHORTEST_LIMIT = 10;
/** So many episodes of exactly the same, greatest length are no chance. */
const AT_LIMIT = 3;

/** So many ends, and most of them, that look like a reset are no chance. */
const FEWEST_ENDS = 5;
const MOST_ENDS = 0.8;

/** All findings, for an environment of this name. */
export function envFindings(play: RandomPlay, id: string, boxed: boolean): Finding[] {
  return [
    ...endsLost(play),
    ...limitAsDeath(play),
    ...rewardFindings(play, id),
    ...(boxed ? observationFindings(play, id) : []),
  ];
}

function endsLost({ episodes, lostEnds }: RandomPlay): Finding[] {
  const ended = episodes.filter(({ ending }) => ending !== "stopped").length;
  if (ended < FEWEST_ENDS || lostEnds < MOST_ENDS * ended) return [];
  return [
    {
      code: "last-observation-lost",
      severity: "warning",
      seen: `the last observation of ${lostEnds} of ${ended} episodes looks like the first one of an episode`,
      why: "An environment that resets itself within step() returns the next episode's beginning, so a time limit is bootstrapped with the value of another state.",
      tryNext: "let step() return the observation that the action led to, and reset() begin the next episode",
    },
  ];
}

function limitAsDeath({ episodes }: RandomPlay): Finding[] {
  const longest = episodes.reduce((most, { length }) => Math.max(most, length), 0);
  const at = episodes.filter(({ length }) => length === longest);
  const died = at.filter(({ ending }) => ending === "terminated");
  if (longest < SHORTEST_LIMIT || died.length < AT_LIMIT || died.length < at.length) return [];
  return [
    {
      code: "limit-as-death",
      severity: "warning",
      seen: `${died.length} of ${episodes.length} episodes ended as terminated after exactly ${longest} steps, and none was longer`,
      why: REASONS["limit-as-death"],
      tryNext: `timeLimit(env, ${longest}), or register({ …, maxEpisodeSteps: ${longest} }), and no limit of its own in step()`,
    },
  ];
}

function rewardFindings({ episodes, rewards }: RandomPlay, id: string): Finding[] {
  const { min, max } = rewards;
  const size = episodes.reduce((most, one) => Math.max(most, Math.abs(one.return)), 0);
  if (min === max && episodes.every(({ length }) => length === episodes[0].length))
    return [
      {
        code: "returns-equal",
        severity: "warning",
        seen: `${episodes.length} random episodes all earned ${shown(episodes[0].return)}`,
        why: "A policy gradient compares what actions earned, so it needs a random policy to earn more sometimes.",
        tryNext: `npx ascent doctor env ${id} --seed 1`,
      },
    ];
  // A reward that is no number is named by the check of the environment, and has no scale.
  if (!Number.isFinite(size) || size <= RANGES.unscaledReturn) return [];
  return [
    {
      code: "rewards-unscaled",
      severity: "note",
      seen: `random episodes earned up to ${shown(size)} in size, with rewards from ${shown(min)} to ${shown(max)}`,
      why: "A value network needs many updates to reach such numbers.",
      tryNext: `npx ascent train ppo ${id} --scale-rewards`,
    },
  ];
}

function observationFindings({ observations }: RandomPlay, id: string): Finding[] {
  const { largest, smallest, size } = spreadOf(observations);
  if (largest <= RANGES.observationSpread * smallest && size <= RANGES.observationSize) return [];
  return [
    {
      code: "observations-unscaled",
      severity: "note",
      seen: `the numbers of an observation have deviations from ${shown(smallest)} to ${shown(largest)}, and sizes up to ${shown(size)}`,
      why: REASONS["observations-unscaled"],
      tryNext: `npx ascent train ppo ${id} --normalise-observations`,
    },
  ];
}
