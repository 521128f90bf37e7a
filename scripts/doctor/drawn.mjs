// The pictures of runs, each from an entry of the table in `runs.mjs`.
import { beside } from "./beside.mjs";
import { remembered } from "./trained.mjs";

/** Draws an entry: its two runs have the settings `base` with the changes of `sick` and of `healthy`. */
export function drawing(library, chart) {
  const run = remembered(library);
  return ({ base, figure, every, range, limit, sick, healthy = {}, ...rest }) => {
    const [ill, well] = [sick, healthy].map((change) => {
      const other = change === sick ? healthy : sick;
      const { codes, ...ran } = run(merged(base, change), every);
      return { ...figure(ran), codes, label: labelOf(change, base, other) };
    });
    const [first] = well.y;
    const about = { range: range?.(first), limit: limit?.(first) };
    return beside({ xLabel: "step", ...rest, ...about, sick: ill, healthy: well }, chart);
  };
}

function merged(base, { label, ...change }) {
  const options = { ...base.options, ...change.options };
  return { ...base, ...change, options };
}

/** What sets a run apart: `learningRate 0.1`. The healthy one is labelled with the same settings. */
function labelOf({ label, env, envOptions = {}, options = {} }, base, other) {
  if (label !== undefined) return label;
  if (env !== undefined) return env;
  const names = Object.keys({ ...other.options, ...options });
  const settings = names.map((name) => `${name} ${{ ...base.options, ...options }[name]}`);
  return [...settings, ...Object.entries(envOptions).map(([name, value]) => `${name} ${value}`)].join(", ");
}
