import { expect, it } from "vitest";
import { continuousCartPole, gaussianHead, ppoByHand, squashedHead, switchHead } from "./ppo-by-hand.js";
import { reinforceByHand } from "./reinforce-by-hand.js";

it.each([
  ["ppo", (doctored: boolean) => ppoByHand({}, { doctored })],
  ["ppo switch", (doctored: boolean) => ppoByHand({ head: switchHead }, { doctored })],
  ["ppo gaussian", (doctored: boolean) => ppoByHand({ head: gaussianHead, makeEnv: continuousCartPole }, { doctored })],
  ["ppo squashed", (doctored: boolean) => ppoByHand({ head: squashedHead, makeEnv: continuousCartPole }, { doctored })],
  ["reinforce", (doctored: boolean) => reinforceByHand({}, { doctored })],
])("healthy %s", (name, run) => {
  let t = performance.now();
  const a = run(false);
  const off = performance.now() - t;
  t = performance.now();
  const b = run(true);
  const on = performance.now() - t;
  console.log(
    name,
    off,
    on,
    b.lengths.slice(-10).join(" "),
    b.findings.map(({ code, seen }) => `${code}: ${seen}`),
  );
  expect(b.weights).toEqual(a.weights);
});
