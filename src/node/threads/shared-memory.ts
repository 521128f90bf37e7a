/**
 * What the threads of a batch share: the batch's arrays, and for each worker a few words by which turns are given and
 * taken. A turn is a number that the main thread counts up in `TURN`; the worker answers by writing it into `DONE`.
 */

/** Words of one worker; 16 of them are a cache line, so that nobody waits for a neighbour's writes. */
const WORDS = 16;
const TURN = 0;
const DONE = 1;
const COMMAND = 2;
const FAILED = 3;
const ENDED = 4;
/** In `DONE`: the worker has ended. Turns are above 0. */
const DEAD = -1;
/** Turns before they begin at 1 again: any two in a row differ. */
const MOST_TURNS = 2 ** 30;
/** How often a thread looks at a word before it goes to sleep: some tens of microseconds, as long as waking up again takes. */
const LOOKS = 20_000;

/** What a worker is to do. Reset, snapshot and restore, which are rare, have their content in a message. */
export const Order = { stepWhole: 0, stepReal: 1, message: 2 } as const;

/** How many numbers the arrays of a batch have. */
export interface Sizes {
  readonly n: number;
  readonly observationSize: number;
  readonly actionSize: number;
  /** 0 where no action is masked. */
  readonly maskSize: number;
}

/** The arrays of a batch in shared memory. */
export interface SharedArrays {
  readonly rewards: Float64Array;
  readonly observations: Float32Array;
  readonly finalObservations: Float32Array;
  readonly wholeActions: Int32Array;
  /** The same memory, for Box. */
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

/** The turns of one worker. */
export class Turns {
  static bytes(workers: number): number {
    return 4 * WORDS * workers;
  }

  private readonly words: Int32Array;

  constructor(memory: SharedArrayBuffer, worker: number) {
    this.words = new Int32Array(memory, 4 * WORDS * worker, WORDS);
  }

  /** By the main thread: the worker has something to do. */
  give(command: number): void {
    const { words } = this;
    words[COMMAND] = command;
    Atomics.store(words, TURN, (words[TURN] % MOST_TURNS) + 1);
    Atomics.notify(words, TURN);
  }

  /** By the main thread: waits for the answer. False where the worker died without one, or was silent for so long. */
  await(milliseconds = Number.POSITIVE_INFINITY): boolean {
    const { words } = this;
    const turn = words[TURN];
    let done = look(words, DONE, turn);
    while (done !== turn && done !== DEAD) {
      if (Atomics.wait(words, DONE, done, milliseconds) === "timed-out") return false;
      done = Atomics.load(words, DONE);
    }
    return done === turn;
  }

  /** Whether the last answer is an error, which is in a message; and how many episodes ended in that step. */
  get answer(): { readonly failed: boolean; readonly ended: number } {
    return { failed: this.words[FAILED] === 1, ended: this.words[ENDED] };
  }

  /** By the worker: waits for its next turn, and returns what is to be done. */
  next(): number {
    const { words } = this;
    const last = words[DONE];
    for (let i = 0; i < LOOKS && Atomics.load(words, TURN) === last; i++);
    while (Atomics.load(words, TURN) === last) Atomics.wait(words, TURN, last);
    return words[COMMAND];
  }

  /** By the worker: the turn is over. */
  done({ failed, ended }: { failed: boolean; ended: number }): void {
    const { words } = this;
    words[FAILED] = failed ? 1 : 0;
    words[ENDED] = ended;
    Atomics.store(words, DONE, words[TURN]);
    Atomics.notify(words, DONE);
  }

  /** By the supervisor: the worker has ended, and no answer will come. */
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
