// Fills in what the documentation takes from the code: option tables, presets, facts about environments, hashes of trained
// weights. A page holds them between `<!-- from the code: options reinforce -->` and `<!-- end -->`; `npm run pages` brings
// every page up to date, and a test fails where one is not.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const root = new URL("../", import.meta.url);

/** Every page of documentation, by its path in the repository. */
export function pages() {
  const below = readdirSync(new URL("docs/", root), { recursive: true }).map(
    (name) => `docs/${name.replaceAll("\\", "/")}`,
  );
  const own = below.filter((path) => path.endsWith(".md") && !path.startsWith("docs/api/")).sort();
  return ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", ...own];
}

/** The text of a page with what stands between the marks made anew by `library`: the names that `ascent` exports, and more. */
export function filledIn(text, library) {
  const block = /(<!-- from the code: ([\w-]+) ?(.*?) -->\n)[\s\S]*?(<!-- end -->)/g;
  return text.replace(block, (_, start, kind, subject, end) => `${start}\n${makers[kind](subject, library)}\n\n${end}`);
}

const makers = {
  options: (name, { algorithms, allowed }) => optionTable(algorithms[name].options, allowed),

  // The numbered list in the comment at the top of the algorithm's file.
  choices: (name) => {
    const source = readFileSync(new URL(`src/algorithms/${name}.ts`, root), "utf8");
    const lines = source
      .slice(0, source.indexOf("*/"))
      .split("\n")
      .map((line) => line.replace(/^ \* ?/, ""));
    const list = lines.filter((line) => /^ {2}\d+\. |^ {5}\S/.test(line));
    return list.map((line) => line.slice(2)).join("\n");
  },

  presets: (name, { algorithms }) => {
    const rows = Object.entries(algorithms[name].presets).map(
      ([preset, { summary, options, episodes, stopWhenSolved }]) => [
        `\`${preset}\``,
        `${summary}; ${episodes} episodes${stopWhenSolved ? ", or until solved" : ""}`,
        Object.entries(options)
          .map(([option, value]) => `\`${option}\` ${shown(value)}`)
          .join(", ") || "the defaults above",
      ],
    );
    return table(["preset", "what it is", "what it sets"], rows);
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
    return `${facts}\n\n${optionTable(entries[0].options, allowed)}`;
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

function shown(value) {
  if (Array.isArray(value)) return `\`[${value.join(", ")}]\``;
  return value === "" ? "empty" : `\`${value}\``;
}

function table(headings, rows) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const parts = ["index.js", "algorithms/index.js", "options.js"].map(
    (path) => import(new URL(`dist/${path}`, root).href),
  );
  const library = Object.assign({}, ...(await Promise.all(parts)));
  for (const path of pages()) {
    const url = new URL(path, root);
    const text = readFileSync(url, "utf8");
    const fresh = filledIn(text, library);
    if (fresh === text) continue;
    writeFileSync(url, fresh);
    console.log(`brought up to date: ${path}`);
  }
}
