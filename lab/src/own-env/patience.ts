/** Waits so many seconds for an answer. It counts seconds in which this page ran: a machine that slept has not waited. */
export class Patience {
  private left = 0;
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly over: () => void;

  constructor(over: () => void) {
    this.over = over;
  }

  /** An answer has to come within so many seconds from now. */
  expect(seconds: number): void {
    this.left = seconds;
    this.timer ??= setInterval(() => {
      if (--this.left > 0) return;
      this.rest();
      this.over();
    }, 1000);
  }

  /** Nothing is waited for. */
  rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
