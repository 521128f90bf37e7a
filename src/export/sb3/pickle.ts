/**
 * Reads Python's pickles without running anything. A pickle is a program that calls functions by name; this reader
 * records each call as data. Its users look for the few calls that they know, and refuse everything else.
 * https://github.com/python/cpython/blob/main/Lib/pickletools.py
 */

import { damaged, PickleBytes } from "./pickle-bytes.js";
import { isCall, isGlobal, type Pickled } from "./pickled.js";

/** @throws CorruptFileError for a damaged pickle, and for instructions that weights and statistics do not need */
export function readPickle(bytes: Uint8Array): Pickled {
  return new PickleReader(bytes).read();
}

class PickleReader {
  private readonly bytes: PickleBytes;
  private stack: Pickled[] = [];
  /** The stacks below each mark. */
  private readonly below: Pickled[][] = [];
  private readonly memo: Pickled[] = [];

  constructor(bytes: Uint8Array) {
    this.bytes = new PickleBytes(bytes);
  }

  read(): Pickled {
    for (;;) {
      const place = this.bytes.at;
      const code = String.fromCharCode(this.bytes.take(1)[0]);
      if (code === ".") return this.pop();
      if (!this.literal(code) && !this.container(code) && !this.object(code))
        throw damaged(`instruction 0x${code.charCodeAt(0).toString(16)} at byte ${place} is not one of data`);
    }
  }

  /** Instructions that push a number, a text, bytes or a constant, or that say how the pickle is written. */
  private literal(code: string): boolean {
    switch (code) {
      case "\x80":
        this.bytes.take(1);
        return true;
      case "\x95":
        this.bytes.take(8);
        return true;
      case "N":
        return this.push(null);
      case "\x88":
        return this.push(true);
      case "\x89":
        return this.push(false);
      case "K":
        return this.push(this.bytes.length(1));
      case "M":
        return this.push(this.bytes.length(2));
      case "J":
        return this.push(this.bytes.int32());
      case "G":
        return this.push(this.bytes.float64());
      case "\x8a":
        return this.push(this.bytes.whole(this.bytes.length(1)));
      case "X":
        return this.push(this.bytes.text(this.bytes.length(4)));
      case "\x8c":
        return this.push(this.bytes.text(this.bytes.length(1)));
      case "B":
        return this.push(this.bytes.take(this.bytes.length(4)));
      case "C":
        return this.push(this.bytes.take(this.bytes.length(1)));
      case "\x8e":
      case "\x96":
        return this.push(this.bytes.take(this.bytes.length(8)));
      default:
        return false;
    }
  }

  /** Instructions that make or fill lists, tuples, sets and dicts, and those for the stack and the memo. */
  private container(code: string): boolean {
    switch (code) {
      case "(":
        this.below.push(this.stack);
        this.stack = [];
        return true;
      case "]":
      case ")":
      case "\x8f":
        return this.push([]);
      case "}":
        return this.push(new Map());
      case "t":
        return this.push(this.marked());
      case "\x85":
      case "\x86":
      case "\x87":
        return this.push(this.popMany(code.charCodeAt(0) - 0x84));
      case "a":
        return this.append([this.pop()]);
      case "e":
      case "\x90":
        return this.append(this.marked());
      case "s":
        return this.setEntries(this.popMany(2));
      case "u":
        return this.setEntries(this.marked());
      case "q":
        this.memo[this.bytes.length(1)] = this.top();
        return true;
      case "r":
        this.memo[this.bytes.length(4)] = this.top();
        return true;
      case "\x94":
        this.memo.push(this.top());
        return true;
      case "h":
        return this.push(this.remembered(this.bytes.length(1)));
      case "j":
        return this.push(this.remembered(this.bytes.length(4)));
      case "0":
        this.pop();
        return true;
      default:
        return false;
    }
  }

  /** Instructions that name functions and call them: recorded, not done. */
  private object(code: string): boolean {
    switch (code) {
      case "c":
        return this.push({ kind: "global", name: `${this.bytes.line()}.${this.bytes.line()}` });
      case "\x93": {
        const [module, name] = this.popMany(2);
        return this.push({ kind: "global", name: `${module}.${name}` });
      }
      case "R":
      case "\x81": {
        const [called, args] = this.popMany(2);
        return this.call(called, args);
      }
      case "\x92": {
        const [called, args] = this.popMany(3);
        return this.call(called, args);
      }
      case "b": {
        const state = this.pop();
        const object = this.top();
        if (!isCall(object)) throw damaged("a state is given to something that has none");
        object.state = state;
        return true;
      }
      case "Q":
        return this.push({ kind: "reference", id: this.pop() });
      default:
        return false;
    }
  }

  private call(called: Pickled, args: Pickled): boolean {
    if (!Array.isArray(args)) throw damaged("a call has no arguments");
    const name = isGlobal(called) || isCall(called) ? called.name : "an object";
    return this.push({ kind: "call", name, args, state: null, entries: new Map() });
  }

  private append(values: readonly Pickled[]): boolean {
    const list = this.top();
    if (!Array.isArray(list)) throw damaged("something is appended that is not in a list");
    for (const value of values) list.push(value);
    return true;
  }

  private setEntries(pairs: readonly Pickled[]): boolean {
    const target = this.top();
    const entries = target instanceof Map ? target : isCall(target) ? target.entries : undefined;
    if (entries === undefined || pairs.length % 2 !== 0) throw damaged("an entry is set outside a dict");
    for (let i = 0; i < pairs.length; i += 2) entries.set(pairs[i], pairs[i + 1]);
    return true;
  }

  private push(value: Pickled): true {
    this.stack.push(value);
    return true;
  }

  private pop(): Pickled {
    const value = this.stack.pop();
    if (value === undefined) throw damaged("the stack is empty");
    return value;
  }

  private popMany(count: number): Pickled[] {
    if (this.stack.length < count) throw damaged("the stack is empty");
    return this.stack.splice(-count);
  }

  private top(): Pickled {
    const value = this.stack.at(-1);
    if (value === undefined) throw damaged("the stack is empty");
    return value;
  }

  /** What was pushed since the last mark. */
  private marked(): Pickled[] {
    const values = this.stack;
    const before = this.below.pop();
    if (before === undefined) throw damaged("a mark is missing");
    this.stack = before;
    return values;
  }

  private remembered(index: number): Pickled {
    const value = this.memo[index];
    if (value === undefined) throw damaged(`entry ${index} of the memo is missing`);
    return value;
  }
}
