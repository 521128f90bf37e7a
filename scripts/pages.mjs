// Generates the parts of the documentation that come from the code: option tables, presets, facts about environments, hashes
// of trained weights. A page marks such a block with `<!-- from the code: options reinforce -->` and `<!-- end -->`.
// `npm run pages` updates every page, and a test fails if a page is out of date.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { rulesTable } from "../bench/games/rules.mjs";
import { solvedTable } from "../bench/learn/solved-table.mjs";
import { cellsOf, withOutputs } from "./cells.mjs";
import { doctorPictures } from "./doctor-pictures.mjs";
import { estimatorPictures } from "./estimator-pictures.mjs";
import { estimatorTables } from "./estimator-tables.mjs";
import { lecturePictures } from "./lecture-pictures.mjs";
import { lectureTables } from "./lecture-tables.mjs";
import { sweepPicture } from "./sweep-picture.mjs";

const root = new URL("../", import.meta.url);

/** The paths of all pages of documentation, from the root of the repository. */
export function pages() {
  const below = readdirSync(new URL("docs/", root), { recursive: true }).map(
    (name) => `docs/${name.replaceAll("\\", "/")}`,
  );
  const own = below.filter((path) => path.endsWith(".md") && !path.startsWith("docs/api/")).sort();
  return ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "bench/README.md", ...own];
}

/** The text of a page with its marked blocks generated again. `library` holds the names of `ascent` and its subpaths. */
export function filledIn(text, library) {
  const block = /(<!-- from the code: ([\w-]+) ?(.*?) -->\n)[\s\S]*?(<!-- end -->)/g;
  return text.replace(block, (_, start, kind, subject, end) => `${start}\n${makers[kind](subject, library)}\n\n${end}`);
}

/**
 * The pictures as [path, content]: a learning curve, its policy at work, each environment a few steps into an episode, and
 * those of the estimator lab, the doctor and the lecture.
 */
export function pictures(library) {
  const { train, play, listEnvs, make, defaultRng, chartSvg, toSvg, animatedGif } = library;
  const run = train();
  const updates = [...run];
  const episodes = updates.flatMap(({ returns }) => returns);
  const level = { y: 475, label: "solved: 475" };
  const curves = [
    { label: "episode", x: episodes.map((_, i) => i + 1), y: episodes, faint: true, colour: "#7f8c9b" },
    {
      label: "mean of the last 100",
      x: updates.map((update) => update.episodes),
      y: updates.map((update) => update.averageReturn),
      colour: "#3b82c4",
    },
  ];
  const chart = (lines, options) => onItsOwn(chartSvg(lines, { width: 720, height: 300, ...options }));
  const drawn = chart(curves, { title: "CartPole-v1, return", xLabel: "episode", levels: [level] });
  const learning = [["docs/pictures/learning.svg", drawn], ...doctorPictures(library, chart)];
  const scenes = someScenes(run.policy, make("CartPole-v1"), play);
  const film = ["docs/pictures/cart-pole.gif", animatedGif(scenes, { width: 300, framesPerSecond: 25 })];
  const worlds = listEnvs().filter(({ id }) => hasPage(id) && make(id).render !== undefined);
  return [
    ...learning,
    film,
    ...estimatorPictures(library).map(([path, svg]) => [path, onItsOwn(svg)]),
    ...lecturePictures(library).map(([path, svg]) => [path, onItsOwn(svg)]),
    ["docs/pictures/sweep-lecture.svg", onItsOwn(sweepPicture(library))],
    ...worlds.map(({ id }) => [
      `docs/${pictureOf(id)}`,
      `${toSvg(someStepsIn(make(id), defaultRng(1)), { width: 360 })}\n`,
    ]),
  ];
}

/** An SVG in a page inherits no text colour, so it follows the light or dark setting of the reader's system. */
function onItsOwn(svg) {
  const style = "<style>svg{color:#1f2328}@media(prefers-color-scheme:dark){svg{color:#d1d7e0}}</style>";
  return `${svg.replace(/<svg[^>]*>/, (tag) => tag + style)}\n`;
}

/** Every second picture of the first 120 steps of an episode. */
function someScenes(policy, env, play) {
  const scenes = [];
  for (const { step } of play(policy, env, { seed: 1 })) {
    if (step % 2 === 1) scenes.push(env.render());
    if (step === 120) return scenes;
  }
}

function someStepsIn(env, rng) {
  env.reset({ seed: 1 });
  for (let step = 0; step < 8; step++) {
    const { terminated, truncated } = env.step(env.actionSpace.sample(rng, env.actionMask?.()));
    if (terminated || truncated) break;
  }
  return env.render();
}

/** Whether a page has a block whose first environment is this one. */
function hasPage(id) {
  return pages().some((path) => readFileSync(new URL(path, root), "utf8").includes(`<!-- from the code: env ${id}`));
}

/** `CartPole-v1` → `pictures/cart-pole-v1.svg` */
function pictureOf(id) {
  return `pictures/${id.replaceAll(/([a-z])([A-Z])/g, "$1-$2").toLowerCase()}.svg`;
}

const makers = {
  options: (name, { algorithmEntry, allowed }) => optionTable(algorithmEntry(name).options, allowed),

  // The numbered list in the header comment of the algorithm's file.
  choices: (name) => {
    const source = readFileSync(new URL(`src/algorithms/${name}.ts`, root), "utf8");
    const lines = source
      .slice(0, source.indexOf("*/"))
      .split("\n")
      .map((line) => line.replace(/^ \* ?/, ""));
    const list = lines.filter((line) => /^ {2}\d+\. |^ {5}\S/.test(line));
    return list.map((line) => line.slice(2)).join("\n");
  },

  presets: (name, { algorithmEntry }) => {
    const { presets } = algorithmEntry(name);
    const rows = Object.entries(presets).map(([preset, settings]) => [
      `\`${preset}\``,
      [settings.summary, ...(settings.onlyThese ? [] : [lengthOf(settings)])].join("; "),
      settingsOf(settings.options) || "the defaults above",
    ]);
    const own = Object.entries(presets).flatMap(([preset, settings]) =>
      Object.entries(settings.envs ?? {}).map(([env, there]) => [
        `\`${preset}\``,
        env,
        lengthOf({ ...settings, ...there }),
        settingsOf(there.options) || "nothing",
      ]),
    );
    const first = table(["preset", "what it is", "what it sets"], rows);
    if (own.length === 0) return first;
    return `${first}\n\n${table(["preset", "on", "for", "what it sets on top"], own)}`;
  },

  estimators: (subject, library) => written(estimatorTables[subject](library)),

  ...Object.fromEntries(
    Object.entries(lectureTables).map(([subject, make]) => [
      subject,
      (argument, library) => written(make(argument, library)),
    ]),
  ),

  // Rules of learning in Kuhn poker, as bench/games/rules.mjs prints them.
  gameRules: (_, { games }) => written(rulesTable(games)),

  // What bench/learn/solve.mjs has stored.
  solved: () => written(solvedTable(JSON.parse(readFileSync(new URL("bench/learn/solved.json", root), "utf8")))),

  // Compares runs that differ in one setting, after the same number of updates.
  diagnosis: (_, { train }) => {
    const figures = ["klK3", "clipFraction", "entropy", "explainedVariance", "valueLoss", "gradientNorm"];
    const rows = misset.map(([title, options]) => {
      const run = train({ algorithm: "ppo", preset: "zoo", seed: 0, options });
      let last;
      for (const update of run) {
        last = update;
        if (update.update === 30) break;
      }
      return [title, ...figures.map((name) => brief(last.diagnostics[name])), last.averageReturn.toFixed(0)];
    });
    return table(["", ...figures.map((name) => `\`${name}\``), "average return"], rows);
  },

  env: (ids, { listEnvs, make, allowed }) => {
    const entries = ids.split(" ").map((id) => listEnvs().find((entry) => entry.id === id));
    const rows = entries.map(({ id, maxEpisodeSteps, rewardThreshold }) => {
      const { observationSpace, actionSpace } = make(id);
      return [
        `\`${id}\``,
        `${observationSpace}`,
        `${actionSpace}`,
        maxEpisodeSteps ?? "none",
        rewardThreshold ?? "never",
      ];
    });
    const facts = table(["id", "observation", "action", "time limit", "solved at"], rows);
    const picture =
      make(entries[0].id).render === undefined ? "" : `![${entries[0].id}](../${pictureOf(entries[0].id)})\n\n`;
    return `${picture}${facts}\n\n${optionTable(entries[0].options, allowed)}`;
  },

  envs: (_, { listEnvs }) =>
    table(
      ["id", "what it is"],
      listEnvs().map(({ id, summary }) => [`\`${id}\``, summary]),
    ),

  hashes: (_, { train }) => {
    const rows = hashed.map(([title, updates, config]) => {
      const run = train(config);
      for (const { update } of run) if (update === updates) break;
      return [title, `\`${run.result().weightsSha256}\``];
    });
    return table(["run", "SHA-256 of the weights"], rows);
  },
};

const misset = [
  ["the preset as it is", {}],
  ["`learningRate` 3e-5, a thirtieth of it", { learningRate: 3e-5 }],
  ["`learningRate` 0.1, a hundred times as much", { learningRate: 0.1 }],
  ["`valueCoefficient` 0: V is not fitted", { valueCoefficient: 0 }],
];

const hashed = [
  ["CartPole-v1, preset `exercise`, seed 0, 200 updates", 200, { preset: "exercise", seed: 0 }],
  ["CartPole-v1, the default preset, seed 2^100, 20 updates", 20, { seed: 2n ** 100n }],
  ["Pendulum-v1, the default preset, seed 7, 20 updates", 20, { env: "Pendulum-v1", seed: 7 }],
];

function optionTable(options, allowed) {
  const rows = Object.entries(options).map(([name, option]) => [
    `\`${name}\``,
    shown(option.default),
    allowed(option),
    option.help,
  ]);
  return table(["option", "default", "allowed", "what it does"], rows);
}

/** The budget of a preset: `1,000 episodes, or until solved`. */
function lengthOf({ episodes, steps, stopWhenSolved }) {
  const limits = Object.entries({ episodes, steps }).flatMap(([unit, n]) =>
    n ? [`${n.toLocaleString("en-GB")} ${unit}`] : [],
  );
  return limits.join(" or ") + (stopWhenSolved ? ", or until solved" : "");
}

function settingsOf(options) {
  return Object.entries(options)
    .map(([option, value]) => `\`${option}\` ${shown(value)}`)
    .join(", ");
}

/** Two significant digits, and 0 for rounding errors. */
function brief(value) {
  if (Math.abs(value) < 1e-7) return "0";
  return Math.abs(value) < 1e-3 ? value.toExponential(0) : String(Number(value.toPrecision(2)));
}

function shown(value) {
  if (Array.isArray(value)) return `\`[${value.join(", ")}]\``;
  return value === "" ? "empty" : `\`${value}\``;
}

/** A table that another script has made. */
function written({ headings, rows }) {
  return table(headings, rows);
}

function table(headings, rows) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const byHand = ["nn", "distributions", "optim", "tensor", "rollout", "spaces", "doctor"];
  const shown = ["algorithms", "random", "plot", "scene", "node", "estimators", "figures", "tabular", "lecture"];
  const rooms = [...shown, ...byHand].map((room) => `${room}/index.js`);
  const names = [
    "index.js",
    "options.js",
    "node/lecture/run-cell.js",
    "lecture/preferences.js",
    "doctor/ranges.js",
    "sweeps/plan.js",
    "sweeps/summary.js",
    ...rooms,
  ];
  const parts = names.map((path) => import(new URL(`dist/${path}`, root).href));
  // Some of its names are those of other parts.
  const language = await import(new URL("dist/language/index.js", root).href);
  const games = await import(new URL("dist/games/index.js", root).href);
  const { registerMujoco } = await import(new URL("dist/mujoco/index.js", root).href);
  await registerMujoco();
  const measured = ({ check }) => check().measured;
  const library = Object.assign({ measured, language, games }, ...(await Promise.all(parts)));
  mkdirSync(new URL("docs/pictures/", root), { recursive: true });
  for (const [path, content] of pictures(library)) writeFileSync(new URL(path, root), content);
  for (const path of pages()) {
    const url = new URL(path, root);
    const text = readFileSync(url, "utf8");
    const outputs = new Map();
    for (const { code } of cellsOf(text)) outputs.set(code, await library.runCell(code));
    const fresh = filledIn(withOutputs(text, outputs), library);
    if (fresh === text) continue;
    writeFileSync(url, fresh);
    console.log(`updated ${path}`);
  }
}
