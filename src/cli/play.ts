/** `ascent play`: a person plays a game against a trained policy, or against a player that is written. */

import { createInterface } from "node:readline";
import type { GameEnv } from "../envs/game-env.js";
import { envEntry, listEnvs, makeRegistered } from "../envs/registry.js";
import { type Game, playerOf, type Seat } from "../games/game.js";
import { match, type SlowPlayer } from "../games/match.js";
import { legalMask, seatObservation } from "../games/seat-view.js";
import type { Json } from "../json.js";
import { choice, flag, int, optional, text } from "../options.js";
import { defaultRng, type Generator } from "../random/index.js";
import { toTerminal } from "../scene/index.js";
import { envName } from "../training/env-name.js";
import { actingOptions, readActing } from "./acting-options.js";
import { asFlags, readCommandLine } from "./arguments.js";
import { shown } from "./closing.js";
import { canPaint, colourDepth, colours, wantsColour } from "./colour.js";
import { figure } from "./figures.js";
import { loadRunPolicy } from "./run-policy.js";
import { DONE, type Subcommand } from "./subcommand.js";
import { UsageError } from "./usage-error.js";

const USAGE = "ascent play [run or game] [options]";
/** The size of a picture of the game, in cells. */
const PICTURE = { columns: 42, rows: 18 };

const options = {
  seat: choice("alternate", {
    choices: ["first", "second", "alternate"],
    help: "which side you play",
  }),
  games: optional(int(1, { min: 1, max: 1e6, help: "how many games (default: until you leave)" })),
  opponent: optional(
    text("random", { meaning: "a player of the game", help: "without a run: who plays against you (default: random)" }),
  ),
  ...actingOptions,
  noColor: flag(false, { help: "no colours; NO_COLOR does the same" }),
};

/** What plays against the person. */
interface Contender {
  readonly name: string;
  readonly game: Game;
  readonly move: (state: Json, seat: Seat, rng: Generator) => number;
}

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: [
    "ascent play",
    "ascent play ppo-ConnectFour-v0-seed0 --deterministic",
    "ascent play TicTacToe-v0 --opponent one-ply",
  ],
  flags: () => [{ heading: "Options", flags: asFlags(options) }],

  async run({ tokens, imports }) {
    const { words, values } = readCommandLine(tokens, options, { name: "play", usage: USAGE, words: 1 });
    const { seat: wanted, games = Number.POSITIVE_INFINITY, opponent, noColor } = values;
    const acting = readActing(values);
    const isGame = listEnvs().some(({ id }) => id === words[0]);
    if (!isGame && opponent !== undefined)
      throw new UsageError(
        "--opponent goes with the id of a game, such as ascent play TicTacToe-v0 --opponent one-ply",
      );
    const contender = isGame ? written(words[0], opponent ?? "random") : await learned(words[0], acting, imports);
    const { game, name } = contender;
    const { strong, faint } = colours(wantsColour(process.stdout, noColor));
    const colour = colourDepth(process.stdout, noColor);
    const say = (line: string): boolean => process.stdout.write(`${line}\n`);
    const lines = createInterface({ input: process.stdin, terminal: false })[Symbol.asyncIterator]();
    const rng = defaultRng(acting.seed);
    const names = game.moveNames ?? Array.from({ length: game.moves }, (_, move) => String(move));
    const show = (state: Json, viewer?: Seat): void => {
      if (game.draw !== undefined && canPaint(process.stdout))
        say(toTerminal(game.draw(state, viewer), { ...PICTURE, colour }));
      else if (game.turn(state) !== "end") say(game.informationSet(state));
    };
    const person: SlowPlayer<Json> = async (state, seat) => {
      show(state, seat);
      const legal = game.legalMoves(state);
      for (;;) {
        process.stdout.write(`Your move (${legal.map((move) => names[move]).join(", ")}): `);
        const { done, value } = await lines.next();
        if (done || value.trim() === "q") return undefined;
        const move = legal.find((one) => names[one].toLowerCase() === value.trim().toLowerCase());
        if (move !== undefined) return move;
        say(`"${value.trim()}" is no move here; q leaves.`);
      }
    };
    say(`${strong(name)} ${faint("plays against you; q leaves.")}`);
    let total = 0;
    for (let played = 0; played < games; played++) {
      const own: Seat = wanted === "alternate" ? (played % 2 === 0 ? 0 : 1) : wanted === "first" ? 0 : 1;
      const other: SlowPlayer<Json> = (state, seat) => {
        const move = contender.move(state, seat, rng);
        say(faint(`It plays ${names[move]}.`));
        return move;
      };
      const end = await match(game, own === 0 ? [person, other] : [other, person], rng);
      if (end === undefined) break;
      show(end);
      const won = (own === 0 ? 1 : -1) * game.winnings(end) + 0;
      total += won;
      say(`${strong(outcome(won))} ${faint(`After ${played + 1}: ${figure(total)}.`)}`);
    }
    process.stdin.destroy();
    return DONE;
  },
};

function outcome(won: number): string {
  if (won === 0) return "A draw.";
  const amount = Math.abs(won) === 1 ? "" : ` ${figure(Math.abs(won))}`;
  return won > 0 ? `You win${amount}.` : `You lose${amount}.`;
}

/** A player that comes with the game. @throws UsageError for an environment that is no game */
function written(id: string, opponent: string): Contender {
  const game = gameOf(makeRegistered(id, {}), id);
  const player = playerOf(game, opponent);
  return { name: `${opponent} (${envEntry(id).summary})`, game, move: (state, _, rng) => player(state, rng) };
}

/** The policy of a run. @throws UsageError if it was not trained in a game */
async function learned(
  run: string | undefined,
  { policy: wanted, deterministic }: ReturnType<typeof readActing>,
  imports: Parameters<typeof loadRunPolicy>[2],
): Promise<Contender> {
  const { folder, policy, config, makeEnv } = await loadRunPolicy(run, wanted, imports);
  const game = gameOf(makeEnv(), envName(config));
  const move: Contender["move"] = (state, seat, rng) =>
    policy.act(seatObservation(game, state, seat), { mask: legalMask(game, state), rng, deterministic }) as number;
  return { name: `${shown(folder)} on ${envName(config)}`, game, move };
}

function gameOf(env: object, id: string): Game {
  if ("game" in env) return (env as GameEnv).game;
  throw new UsageError(
    `${id} is no game for two that people take turns in; ascent list envs has Kuhn-v0, ConnectFour-v0 …`,
  );
}
