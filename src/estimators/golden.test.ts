import { expect, it } from "vitest";
import { read } from "../../test/golden/read.js";
import { enumerated } from "./enumerate.js";
import { ESTIMATORS } from "./estimators.js";
import { settingOf } from "./setting.js";
import { worldNamed } from "./world-options.js";

/** For each world and estimator: E[ĝ] for all logits, then the total variance, for batches of 4 episodes. */
const golden = read<Record<string, Record<string, readonly number[]>>>("estimators");

it.each(Object.keys(golden))(
  "mean and variance of each estimator on %s are those of the Python enumeration",
  (name) => {
    const rows = golden[name];
    const known = ESTIMATORS.filter((estimator) => estimator.name in rows);
    expect(known.map((estimator) => estimator.name)).toEqual(Object.keys(rows));
    enumerated(known, settingOf(worldNamed(name)), 4).forEach(({ mean, variance }, i) => {
      const expected = rows[known[i].name];
      const states = expected.length - 1;
      // A library's table may have a state in which nothing can happen, and whose logits have no gradient.
      expect([...mean.slice(states)].every((slope) => slope === 0)).toBe(true);
      [...mean.slice(0, states), variance].forEach((number, k) => {
        if (!(Math.abs(number - expected[k]) < 1e-9))
          expect.fail(`${known[i].name}, number ${k}: ${number}, not ${expected[k]}`);
      });
    });
  },
);
