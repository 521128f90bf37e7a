// Short runs, and what the doctor says of them.

/** A run, its updates and the codes of its findings. `every`: updates between two looks at the policy, none by default. */
function trained({ train, make, diagnose, examine }, config, every) {
  const run = train(config);
  const updates = [];
  const looks = [];
  const env = () => (typeof config.env === "function" ? config.env() : make(run.config.env, run.config.envOptions));
  for (const update of run) {
    updates.push(update);
    if (every !== undefined && (update.update - 1) % every === 0)
      looks.push({ steps: update.steps, ...examine(run.policy, env(), { episodes: 4, maxSteps: 200 }) });
  }
  const { policy, rewardThreshold } = run;
  const ofLog = diagnose({ config: run.config, updates, rewardThreshold, actionSpace: policy.actionSpace });
  const codes = [...ofLog, ...(looks.at(-1)?.findings ?? [])].map(({ code }) => code);
  return { updates, looks, codes };
}

/** The same run for the same settings: many sick runs stand beside one healthy run. */
export function remembered(library) {
  const known = new Map();
  const functions = [];
  // Functions with the same text may be closed over different things, so each goes by its own number.
  const plain = (_, value) => {
    if (typeof value !== "function") return value;
    if (!functions.includes(value)) functions.push(value);
    return `function ${functions.indexOf(value)}`;
  };
  return (config, every) => {
    const key = JSON.stringify([config, every], plain);
    if (!known.has(key)) known.set(key, trained(library, config, every));
    return known.get(key);
  };
}
