/** `node failing-workers.mjs ENV MODULES [SECONDS]`: how a run with two workers ends, and whether its last checkpoint goes on without any. */
import { resume, train } from "../../dist/index.js";
import { threads } from "../../dist/node/index.js";
import "./failing-envs.mjs";

const [env, modules, seconds] = process.argv.slice(2);
const environments = threads(2, {
  modules: modules === "none" ? [] : [new URL("./failing-envs.mjs", import.meta.url)],
  stepTimeout: seconds && Number(seconds),
});
let good;
let end = "finished";
try {
  for (const training = train({ algorithm: "a2c", env, steps: 600 }, { environments }); training.advance(); )
    good = training.checkpoint();
} catch (error) {
  end = `${error.name}: ${error.message}`;
}
const later = good !== undefined && resume(good).advance() !== undefined;
console.log(JSON.stringify({ end, later }));
