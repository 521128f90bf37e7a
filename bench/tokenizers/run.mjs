/**
 * Processor seconds to train a byte-level BPE and to encode and decode with it, on the first million characters of this
 * repository's documentation and sources, and with characters. Checks that each text comes back.
 *
 *   npm run build && node bench/tokenizers/run.mjs
 *
 * Each figure is the least of three rounds. "Words once" are words of five letters by chance, of which few occur twice,
 * so that no store of words helps; "one word" is a run of the letter a.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { characterTokenizer, trainBpe } from "../../dist/language/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { commit, machine } from "../race.mjs";

const CHARACTERS = 1_000_000;
const ROUNDS = 3;
const root = fileURLToPath(new URL("../..", import.meta.url));
const files = ["docs", "src"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => /\.(md|ts)$/.test(name))
    .sort()
    .map((name) => join(root, folder, name)),
);
const corpus = files
  .map((file) => readFileSync(file, "utf8"))
  .join("")
  .slice(0, CHARACTERS);
const rng = defaultRng(0);
const word = () => String.fromCharCode(...Array.from({ length: 5 }, () => 97 + rng.integers(0, 26)), 32);
const once = Array.from({ length: CHARACTERS / 6 }, word).join("");

const seconds = {};
const [small, large] = [1000, 8000].map((merges) =>
  timed(`training, ${merges} merges`, () => trainBpe(corpus, { vocabulary: 258 + merges })),
);
// A fresh copy of the tokenizer has an empty store.
const fresh = () => trainBpe(corpus, { vocabulary: 1258 });
timed("encoding", (tokenizer) => tokenizer.encode(corpus), fresh);
timed("encoding again", () => small.encode(corpus));
timed("encoding, 8000 merges", () => large.encode(corpus));
timed("encoding words once", () => small.encode(once));
timed("encoding one word", () => small.encode("a".repeat(CHARACTERS)));
const ids = small.encode(corpus);
timed("decoding", () => small.decode(ids));
const characters = characterTokenizer(corpus);
timed("encoding characters", () => characters.encode(corpus));
const right = [small, large, characters].every((tokenizer) => tokenizer.decode(tokenizer.encode(corpus)) === corpus);
if (!right || small.decode(small.encode(once)) !== once) throw new Error("a text did not come back");

console.table(seconds);
const result = { bench: "tokenizers", commit: commit(), machine: machine(), node: process.version, seconds };
writeFileSync(new URL("results.json", import.meta.url), `${JSON.stringify(result, null, 1)}\n`);

function timed(name, work, prepare = () => undefined) {
  let least = Number.POSITIVE_INFINITY;
  let made;
  for (let round = 0; round < ROUNDS; round++) {
    const prepared = prepare();
    const before = process.cpuUsage();
    made = work(prepared);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1e6);
  }
  seconds[name] = Number(least.toFixed(2));
  return made;
}
