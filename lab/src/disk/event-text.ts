/** Server-sent events out of the text of a stream, whatever pieces it comes in. */

export interface StreamEvent {
  readonly event: string;
  readonly data: string;
}

export class EventText {
  private rest = "";

  /** The events that are complete with this piece. Comments, which are signs of life, are none. */
  add(piece: string): StreamEvent[] {
    const blocks = (this.rest + piece).split("\n\n");
    this.rest = blocks.pop() ?? "";
    return blocks.flatMap((block) => {
      let event = "message";
      const data: string[] = [];
      for (const line of block.split("\n")) {
        const [, field, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
        if (field === "event") event = value;
        else if (field === "data") data.push(value);
      }
      return data.length === 0 ? [] : { event, data: data.join("\n") };
    });
  }
}
