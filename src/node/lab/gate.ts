/**
 * Who may read runs: whoever knows a secret of 128 bits, which is drawn at every start. Other users of this machine reach
 * the server too, and are kept out by it.
 */

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** Wrong tokens that may come at once, and how many more a second. Tabs of earlier servers try theirs. */
const WRONG_AT_ONCE = 50;
const WRONG_PER_SECOND = 5;
/** Milliseconds for which a one-time address leads in. */
const TICKET_MS = 60_000;

/** The status of an answer to a token. */
type Entry = "in" | "unknown" | "wrong" | "too many";

export class Gate {
  readonly token: string = randomBytes(16).toString("hex");
  private readonly clock: () => number;
  private left = WRONG_AT_ONCE;
  private filledAt: number;
  /** One-time tickets, and until when each is good. Used ones stay, to be told apart from wrong ones. */
  private readonly tickets = new Map<string, { readonly until: number; used: boolean }>();

  /** `clock` in milliseconds. */
  constructor(clock: () => number = () => performance.now()) {
    this.clock = clock;
    this.filledAt = clock();
  }

  /**
   * Whether a header `Authorization: Bearer <token>` lets in. After too many wrong ones, none is looked at for a moment, not
   * even the right one: otherwise the number of guesses would have no limit.
   */
  enter(authorization: string | undefined): Entry {
    if (authorization === undefined) return "unknown";
    this.fill();
    if (this.left < 1) return "too many";
    if (isSame(authorization, `Bearer ${this.token}`)) return "in";
    this.left--;
    return "wrong";
  }

  /** A secret that lets in once, soon. It may be seen by others, such as in the list of processes, once it is used. */
  makeTicket(): string {
    const ticket = randomBytes(16).toString("hex");
    this.tickets.set(ticket, { until: this.clock() + TICKET_MS, used: false });
    return ticket;
  }

  /** Uses a ticket. */
  useTicket(ticket: string): "in" | "used" | "wrong" {
    this.fill();
    if (this.left < 1) return "wrong";
    const known = this.tickets.get(ticket);
    if (known === undefined) this.left--;
    if (known === undefined || this.clock() > known.until) return "wrong";
    if (known.used) return "used";
    known.used = true;
    return "in";
  }

  private fill(): void {
    const now = this.clock();
    this.left = Math.min(WRONG_AT_ONCE, this.left + ((now - this.filledAt) / 1000) * WRONG_PER_SECOND);
    this.filledAt = now;
  }
}

/** Compares digests, so that the time says nothing of how much is right, nor of the length. */
function isSame(given: string, secret: string): boolean {
  const [one, other] = [given, secret].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(one, other);
}
