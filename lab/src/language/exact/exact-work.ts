/** Exact learning in the worker: what the page is told of it. */

import { messageOf } from "../message-of.js";
import type { ExactSettings, FromLinguist } from "../protocol.js";
import type { Work } from "../turns.js";
import { ExactLearning } from "./exact-learning.js";

export class ExactWork implements Work {
  going = true;
  /** Whether one update is wanted although it is paused. */
  owed = false;
  private readonly id: number;
  private readonly post: (message: FromLinguist) => void;
  private readonly learning: ExactLearning;
  private curve: [number, number][] = [];

  constructor(id: number, settings: ExactSettings, post: (message: FromLinguist) => void) {
    this.id = id;
    this.post = post;
    this.learning = new ExactLearning(settings);
    post({ type: "exactBegun", id, begun: this.learning.begun });
    this.note();
  }

  get busy(): boolean {
    return (this.going || this.owed) && !this.learning.finished;
  }

  advance(): void {
    this.owed = false;
    this.learning.advance();
    this.note();
  }

  private note(): void {
    this.curve.push([this.learning.updates, this.learning.standing.toOptimum]);
  }

  report(): void {
    const { policy, standing, toForward, updates, finished } = this.learning;
    const told = { policy, standing, toForward, updates, finished, curve: this.curve };
    this.curve = [];
    this.post({ type: "exactTold", id: this.id, told });
  }

  fail(error: unknown): void {
    this.going = false;
    this.post({ type: "failed", part: "exact", message: messageOf(error) });
  }
}
