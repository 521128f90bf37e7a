/** Tests of normalised returns. */

import { compare, isNothing, rounded, type Suspects } from "../compare.js";
import type { Evidence, Test } from "../exercise.js";
import type { ReinforceAnswer } from "./answer.js";

type Batch = readonly (readonly number[])[];
type NormaliseAnswer = Pick<ReinforceAnswer, "normalise">;

/** Mean 0 and deviation 1 over all steps; the sum of squares is divided by n - `ddof`. */
export function rightNormalise(returns: Batch, ddof = 0): number[][] {
  const all = returns.flat();
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const deviation = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (all.length - ddof));
  return returns.map((episode) => episode.map((value) => (value - mean) / (deviation + 1e-8)));
}

function suspectsFor(returns: Batch): Suspects {
  const all = returns.flat();
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const centred = all.map((value) => value - mean);
  const deviation = Math.sqrt(centred.reduce((sum, value) => sum + value ** 2, 0) / all.length);
  return [
    ["wrong-set", returns.flatMap((episode) => rightNormalise([episode])[0])],
    ["wrong-set", returns.flatMap((episode) => rightNormalise([episode], 1)[0])],
    ["sample-deviation", rightNormalise(returns, 1).flat()],
    ["not-scaled", centred],
    ["not-centred", all],
    ["not-centred", all.map((value) => value / (deviation + 1e-8))],
  ];
}

function tryNormalise({ normalise }: NormaliseAnswer, returns: Batch): Evidence {
  const got: unknown = normalise(returns.map((episode) => [...episode]));
  const call = `normalise(${rounded(returns)})`;
  const want = rightNormalise(returns);
  const fits = Array.isArray(got) && got.length === returns.length && got.every((one) => Array.isArray(one));
  if (!fits) {
    const detail = `${call} gave ${rounded(got)}; it has to be one list an episode: ${rounded(want)}`;
    return { fault: { mistake: isNothing(got) ? "nothing-returned" : "wrong-value", detail } };
  }
  const flat: readonly unknown[] = got.flat();
  const fault = compare(call, flat, want.flat(), suspectsFor(returns));
  const undefinedDeviation =
    fault?.mistake === "not-finite" && returns.flat().every((value) => value === returns[0][0]);
  return { fault: undefinedDeviation ? { ...fault, mistake: "deviation-of-one" } : fault };
}

/** Two episodes of which the second is better, then batches without a deviation. */
export const normaliseTests: readonly Test<NormaliseAnswer>[] = [
  {
    name: "normalise-batch",
    subject: "normalise",
    wants: "returns with mean 0 and deviation 1 over all steps of a batch",
    seconds: 10,
    run: (answer) =>
      tryNormalise(answer, [
        [2, 1],
        [6, 5, 4],
      ]),
  },
  {
    name: "normalise-one-step",
    subject: "normalise",
    wants: "0 for a single step, and where all returns are equal",
    seconds: 10,
    run(answer) {
      const { fault } = tryNormalise(answer, [[7]]);
      return fault === undefined ? tryNormalise(answer, [[3, 3], [3]]) : { fault };
    },
  },
];
