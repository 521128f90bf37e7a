/** The episodes of a batch, from the flags of its steps. */

import type { Segment } from "../../rollout/batch.js";
import type { LoopUpdate } from "./loop.js";

/** The episodes and parts of episodes. Undefined without flags, or where their number is not that of the rewards. */
export function segmentsOf({
  rewards,
  terminated,
  truncated,
  segments: known,
}: LoopUpdate): readonly Segment[] | undefined {
  if (known !== undefined) return known.at(-1)?.end === rewards?.length ? known : undefined;
  if (rewards === undefined || terminated === undefined || terminated.length !== rewards.length) return undefined;
  if (truncated !== undefined && truncated.length !== rewards.length) return undefined;
  const segments: Segment[] = [];
  let start = 0;
  for (let t = 0; t < rewards.length; t++) {
    const ended = { terminated: Boolean(terminated[t]), truncated: Boolean(truncated?.[t]) };
    if (!ended.terminated && !ended.truncated && t + 1 < rewards.length) continue;
    segments.push({ start, end: t + 1, ...ended });
    start = t + 1;
  }
  return segments;
}
