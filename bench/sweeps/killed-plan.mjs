// The sweep that kills.mjs kills: runs that learn, hopeless ones, some that diverge, and some whose environment fails.
import { fileURLToPath } from "node:url";
import "./failing-walk.mjs";
import { planSweep } from "../../dist/sweeps/index.js";

const small = { algorithm: "reinforce", seeds: 2, options: { hidden: [16] } };
const cartPole = planSweep({ env: "CartPole-v1", grid: { learningRate: [1e-3, 1e30] }, episodes: 150, ...small });
const failing = planSweep({ env: "FailingWalk-v0", grid: { gamma: [0.9] }, episodes: 200, ...small });
const endless = planSweep({ env: "EndlessReward-v0", grid: { gamma: [0.9] }, episodes: 200, ...small });
const path = fileURLToPath(new URL("failing-walk.mjs", import.meta.url));

export const killedPlan = {
  plan: { ...cartPole, cells: [...cartPole.cells, ...failing.cells, ...endless.cells] },
  imports: [{ module: "./failing-walk.mjs", path }],
  endHopeless: true,
};
