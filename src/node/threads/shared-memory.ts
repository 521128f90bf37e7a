/**
 * The shared memory of a batch: its arrays, and for each worker a few words to synchronise with. To start a turn, the main
 * thread increments the number in `TURN`; the worker answers by writing that number to `DONE`.
 */

import { CALLS, type Call } from "../../rollout/announced.js";

/** The number of words per worker. 16 of them fill a cache line, so that workers do not share one. */
const WORDS = 16;
const TURN = 0;
const DONE = 1;
const COMMAND = 2;
const FAILED = 3;
const ENDED = 4;
const INFORMED = 5;
/** The heart beat: the number of calls of environments that the worker has begun, and which one was last. */
const BEATS = 6;
const CALL = 7;
const COPY = 8;
/** The value of `DONE` after the worker has ended. Turns are above 0. */
const DEAD = -1;
/** After this turn, numbering starts at 1 again. Consecutive turns always differ. */
const MOST_TURNS = 2 ** 30;
/** How often a thread polls a word before it sleeps: some tens of microseconds, about as long as waking up takes. */
const LOOKS = 20_000;
/**
 * How often a waiting thread looks at the heart beat within its patience. More than once, since a program that was
 * stopped (Ctrl-Z) finds its time over when it goes on.
 */
const LOOKS_AT_HEART = 4;

/** The commands for a worker. Reset, snapshot and restore are rare, so their arguments are in a message. */
export const Order = { stepWhole: 0, stepReal: 1, message: 2 } as const;

/** How a turn went. */
interface Answer {
  readonly failed: boolean;
  readonly ended: number;
  readonly informed: boolean;
}

/** What became of a turn: `silent` means that there was neither an answer nor a heart beat for too long. */
export type Outcome = "answered" | "ended" | "silent";

/** The sizes of a batch's arrays. */
export interface Sizes {
  readonly n: number;
  readonly observationSize: number;
  readonly actionSize: number;
  /** 0 if the environment has no masks. */
  readonly maskSize: number;
}

/** The arrays of a batch in shared memory. */
export interface SharedArrays {
  readonly rewards: Float64Array;
  readonly observations: Float32Array;
  readonly finalObservations: Float32Array;
  readonly wholeActions: Int32Array;
  /** The same memory as float32, for a Box. */
  readonly realActions: Float32Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  readonly actionMasks: Uint8Array;
}

export function bytesOf({ n, observationSize, actionSize, maskSize }: Sizes): number {
  return n * (8 + 4 * (2 * observationSize + actionSize) + 2 + maskSize);
}

export function sharedArrays(memory: SharedArrayBuffer, sizes: Sizes): SharedArrays {
  const { n, observationSize, actionSize, maskSize } = sizes;
  let at = 0;
  const take = (bytes: number): number => {
    at += bytes;
    return at - bytes;
  };
  const rewards = new Float64Array(memory, take(8 * n), n);
  const observations = new Float32Array(memory, take(4 * n * observationSize), n * observationSize);
  const finalObservations = new Float32Array(memory, take(4 * n * observationSize), n * observationSize);
  const actions = take(4 * n * actionSize);
  return {
    rewards,
    observations,
    finalObservations,
    wholeActions: new Int32Array(memory, actions, n * actionSize),
    realActions: new Float32Array(memory, actions, n * actionSize),
    terminated: new Uint8Array(memory, take(n), n),
    truncated: new Uint8Array(memory, take(n), n),
    actionMasks: new Uint8Array(memory, take(n * maskSize), n * maskSize),
  };
}

/** Synchronises the main thread with one worker. */
export class WorkerTurns {
  static bytes(workers: number): number {
    return 4 * WORDS * workers;
  }

  private readonly words: Int32Array;

  constructor(memory: SharedArrayBuffer, worker: number) {
    this.words = new Int32Array(memory, 4 * WORDS * worker, WORDS);
  }

  /** Called by the main thread: starts a turn of the worker. */
  start(command: number): void {
    const { words } = this;
    words[COMMAND] = command;
    Atomics.store(words, TURN, (words[TURN] % MOST_TURNS) + 1);
    Atomics.notify(words, TURN);
  }

  /** Called by the main thread: waits for the answer, as long as no silence takes so many milliseconds. */
  await(patience: number): Outcome {
    const { words } = this;
    const turn = words[TURN];
    let done = look(words, DONE, turn);
    let beats = Atomics.load(words, BEATS);
    let quiet = 0;
    while (done !== turn && done !== DEAD) {
      const late = Atomics.wait(words, DONE, done, patience / LOOKS_AT_HEART) === "timed-out";
      done = Atomics.load(words, DONE);
      if (!late) continue;
      const now = Atomics.load(words, BEATS);
      quiet = now === beats ? quiet + 1 : 0;
      if (quiet === LOOKS_AT_HEART) return "silent";
      beats = now;
    }
    return done === turn ? "answered" : "ended";
  }

  /** The call that the worker began last. */
  get lastCall(): { readonly call: Call; readonly copy: number } | undefined {
    const { words } = this;
    const call = CALLS[words[CALL] - 1];
    return call && { call, copy: words[COPY] };
  }

  /** Called by the worker: a call of an environment begins. */
  beat(call: Call, copy: number): void {
    const { words } = this;
    words[CALL] = CALLS.indexOf(call) + 1;
    words[COPY] = copy;
    Atomics.add(words, BEATS, 1);
  }

  /**
   * Whether the turn failed (the error is then in a message), how many episodes ended in it, and whether a message has their
   * `info`.
   */
  get answer(): Answer {
    const { words } = this;
    return { failed: words[FAILED] === 1, ended: words[ENDED], informed: words[INFORMED] === 1 };
  }

  /** Called by the worker: waits for its next turn, and returns the command. */
  next(): number {
    const { words } = this;
    const last = words[DONE];
    for (let i = 0; i < LOOKS && Atomics.load(words, TURN) === last; i++);
    while (Atomics.load(words, TURN) === last) Atomics.wait(words, TURN, last);
    return words[COMMAND];
  }

  /** Called by the worker: ends the turn. */
  done({ failed, ended, informed = false }: Omit<Answer, "informed"> & Partial<Answer>): void {
    const { words } = this;
    words[FAILED] = failed ? 1 : 0;
    words[ENDED] = ended;
    words[INFORMED] = informed ? 1 : 0;
    Atomics.store(words, DONE, words[TURN]);
    Atomics.notify(words, DONE);
  }

  /** Called by the supervisor: the worker has ended, and will not answer. */
  markEnded(): void {
    Atomics.store(this.words, DONE, DEAD);
    Atomics.notify(this.words, DONE);
  }
}

function look(words: Int32Array, index: number, wanted: number): number {
  let value = Atomics.load(words, index);
  for (let i = 0; i < LOOKS && value !== wanted && value !== DEAD; i++) value = Atomics.load(words, index);
  return value;
}
