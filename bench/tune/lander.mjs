/** LunarLander under another name, for which no preset has settings. */
import { make, register } from "../../dist/index.js";

register({
  id: "Lander-v0",
  summary: "LunarLander-v3 as an environment that no preset knows",
  create: () => make("LunarLander-v3", { maxEpisodeSteps: 0 }),
  maxEpisodeSteps: 1000,
});
