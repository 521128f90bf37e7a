/**
 * Streams of changes, as server-sent events. A stream holds at most one message that its reader has not taken: the next one
 * is made when that is gone, of all that has changed since. So a slow reader costs no memory, and gets the latest state.
 */

import type { ServerResponse } from "node:http";
import type { Catalogue } from "./catalogue.js";

/** A browser opens at most six connections to one server. */
const MOST_STREAMS = 128;
/** Milliseconds between two signs of life. A reader that takes nothing gets none, and is left as any silent connection is. */
const BEAT_MS = 15_000;

interface Stream {
  readonly answer: ServerResponse;
  revision: number;
  /** Whether the reader has not taken all that was written. */
  behind: boolean;
}

export class EventStreams {
  private readonly catalogue: Catalogue;
  private readonly streams = new Set<Stream>();
  /** The last messages, by the revision that they go on from: many streams wait at the same one. */
  private readonly messages = new Map<number, { readonly text: Buffer; readonly revision: number }>();
  private madeAt = -1;
  private readonly beats: NodeJS.Timeout;

  constructor(catalogue: Catalogue) {
    this.catalogue = catalogue;
    this.beats = setInterval(() => this.beat(), BEAT_MS).unref();
  }

  get count(): number {
    return this.streams.size;
  }

  get full(): boolean {
    return this.streams.size >= MOST_STREAMS;
  }

  /** Begins to tell what has changed after a revision. The head of the answer is written already. */
  open(answer: ServerResponse, revision: number): void {
    const stream: Stream = { answer, revision, behind: false };
    this.streams.add(stream);
    answer.on("close", () => this.streams.delete(stream));
    answer.on("drain", () => {
      stream.behind = false;
      this.tell(stream);
    });
    this.send(stream, this.messageAfter(revision));
    this.tell(stream);
  }

  /** Tells all streams what has changed. */
  tellAll(): void {
    for (const stream of this.streams) this.tell(stream);
  }

  /** Ends all streams. */
  close(): void {
    clearInterval(this.beats);
    for (const { answer } of this.streams) answer.end("event: end\ndata: {}\n\n");
  }

  private tell(stream: Stream): void {
    while (!stream.behind && stream.revision !== this.catalogue.revision)
      this.send(stream, this.messageAfter(stream.revision));
  }

  private send(stream: Stream, { text, revision }: { text: Buffer; revision: number }): void {
    stream.revision = revision;
    stream.behind = !stream.answer.write(text);
  }

  private messageAfter(revision: number) {
    if (this.madeAt !== this.catalogue.revision) this.messages.clear();
    this.madeAt = this.catalogue.revision;
    const known = this.messages.get(revision);
    if (known !== undefined) return known;
    const changes = this.catalogue.since(revision);
    const data = JSON.stringify(changes);
    const text = Buffer.from(`id: ${changes.revision}\nevent: changes\ndata: ${data}\n\n`);
    const message = { text, revision: changes.revision };
    this.messages.set(revision, message);
    return message;
  }

  private beat(): void {
    for (const { answer, behind } of this.streams) if (!behind) answer.write(":\n\n");
  }
}
