import type { HistoryData, Update } from "../protocol.js";

/** The updates of a run, from its columns: all but what the environment gave as `info`, which the page does not keep. */
export function* updatesOf({ updates, episodes }: HistoryData): Iterable<Update> {
  const { steps, episodes: counts, update, averageReturn, ...reported } = updates;
  const names = Object.keys(reported);
  let next = 0;
  for (let i = 0; i < steps.length; i++) {
    const first = next;
    while (next < episodes.update.length && episodes.update[next] === update[i]) next++;
    const own = (column: Float64Array): number[] => Array.from(column.subarray(first, next));
    const diagnostics = Object.fromEntries(
      names.flatMap((name) => (Number.isNaN(reported[name][i]) ? [] : [[name, reported[name][i]]])),
    );
    yield {
      update: update[i],
      episodes: counts[i],
      steps: steps[i],
      returns: own(episodes.return),
      lengths: own(episodes.length),
      lastSteps: own(episodes.steps),
      averageReturn: averageReturn[i],
      info: {},
      // The columns are those that an update came with.
      diagnostics: diagnostics as Update["diagnostics"],
    };
  }
}
