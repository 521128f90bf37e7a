/** A custom environment, a heater that keeps a room near 20 °C: defined, checked and registered. */
import { checkEnv, type Env, make, real, register } from "ascent/envs";
import { defaultRng } from "ascent/random";
import { box, discrete } from "ascent/spaces";

function thermostat({ leak }: { leak: number }): Env<Float32Array, number> {
  const rng = defaultRng(0);
  let [inside, outside] = [20, 0];
  const observe = (): Float32Array => Float32Array.of(inside, outside);
  return {
    observationSpace: box({ low: [-60, -60], high: [60, 60] }),
    actionSpace: discrete(2),
    reset({ seed } = {}) {
      if (seed !== undefined) rng.reseed(seed);
      [inside, outside] = [rng.uniform(15, 25), rng.uniform(-10, 10)];
      return { observation: observe(), info: {} };
    },
    step(heating) {
      inside += leak * (outside - inside) + (heating === 1 ? 4 : 0) + rng.uniform(-0.2, 0.2);
      const tooHot = inside > 35;
      const reward = tooHot ? -100 : -Math.abs(inside - 20);
      return { observation: observe(), reward, terminated: tooHot, truncated: false, info: {} };
    },
  };
}

register({
  id: "Thermostat-v0",
  summary: "keep a room near 20 °C by switching a heater",
  options: { leak: real(0.1, { min: 0, max: 1, help: "part of the difference to outside that is lost in a step" }) },
  create: thermostat,
  maxEpisodeSteps: 200,
});

const findings = checkEnv(() => make("Thermostat-v0", { leak: 0.2 }));
console.log(findings.length === 0 ? "checkEnv finds nothing wrong" : findings);
