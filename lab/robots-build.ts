/** MuJoCo in the lab. The package is optional and 10 MB, so the page doesn't contain it: `ascent lab` serves it where it is installed. */

import type { Plugin } from "vite";

const PACKAGE = "@mujoco/mujoco";
const STAND_IN = "\0served-mujoco";

/** Imported in place of the package, from a worker in `assets`. Where nothing is served, the package counts as missing. */
const source = `
const served = new URL("../mujoco/mujoco.js", self.location.href).href;
const module = await import(/* @vite-ignore */ served).catch(() => {
  throw Object.assign(new Error("Cannot find package '${PACKAGE}'"), { code: "ERR_MODULE_NOT_FOUND" });
});
export default module.default;
`;

export function servedRobots(): Plugin {
  return {
    name: "served-robots",
    enforce: "pre",
    resolveId: (name) => (name === PACKAGE ? STAND_IN : undefined),
    load: (id) => (id === STAND_IN ? source : undefined),
  };
}
