import { noGrad } from "../tensor/index.js";
import type { Batch } from "./batch.js";

/** Half a batch is measured from at least two segments: a baseline may compare each with the others. */
const FEWEST_SEGMENTS = 2;
/** More parts would make each too short for estimates that compare the segments of a batch. */
const USUAL_SEGMENTS = 4;
const MOST_PARTS = 16;

/** The fewest segments, or copies where the policy has a memory, of a batch that can be divided. */
export const FEWEST_TO_DIVIDE: number = 2 * FEWEST_SEGMENTS;

/**
 * A batch in parts that are batches themselves, each of about as many whole segments: 2 to 16 of at least 2, of 4 and more
 * where there are enough. With sequences, a part has whole copies. An empty list if there is too little to divide.
 *
 * The parts are copies; free each with `releaseBatch`.
 */
export function dividedBatch(batch: Batch): Batch[] {
  const { segments, sequences } = batch;
  // A part may begin at each of these segments.
  const heads = segments.flatMap(({ start }, i) =>
    sequences === undefined || start % sequences.steps === 0 ? [i] : [],
  );
  if (heads.length < FEWEST_TO_DIVIDE) return [];
  const count = Math.min(MOST_PARTS, Math.max(2, Math.floor(heads.length / USUAL_SEGMENTS)));
  const bounds = Array.from({ length: count + 1 }, (_, k) => {
    const head = Math.floor((k * heads.length) / count);
    return head === heads.length ? segments.length : heads[head];
  });
  return noGrad(() => bounds.slice(1).map((end, k) => ofSegments(batch, bounds[k], end)));
}

/** The batch of the segments [first, end). Results that were kept while acting are left out. */
function ofSegments(batch: Batch, first: number, end: number): Batch {
  const { features, actions, logProbs, masks, rewards, finalFeatures, sequences } = batch;
  const segments = batch.segments.slice(first, end);
  const from = segments[0].start;
  const to = segments[segments.length - 1].end;
  return {
    size: to - from,
    features: features.slice(from, to),
    actions: actions.slice(from, to),
    logProbs: logProbs.slice(from, to),
    masks: masks?.slice(from, to),
    rewards: rewards.slice(from, to),
    segments: segments.map((segment) => ({ ...segment, start: segment.start - from, end: segment.end - from })),
    finalFeatures: finalFeatures.slice(first, end),
    sequences: sequences && {
      copies: (to - from) / sequences.steps,
      steps: sequences.steps,
      begins: sequences.begins.slice(from, to),
      memory: sequences.memory.slice(from / sequences.steps, to / sequences.steps),
    },
  };
}
