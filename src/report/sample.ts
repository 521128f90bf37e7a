/** Every n-th of the points that were added. n doubles whenever there are too many, so the memory is bounded. */
export class Sample {
  private readonly most: number;
  private every = 1;
  private seen = 0;
  x: number[] = [];
  y: number[] = [];

  constructor(most: number) {
    this.most = most;
  }

  add(x: number, y: number): void {
    if (++this.seen % this.every !== 0) return;
    this.x.push(x);
    this.y.push(y);
    if (this.x.length <= this.most) return;
    this.every *= 2;
    this.x = everySecond(this.x);
    this.y = everySecond(this.y);
  }
}

export function everySecond<T>(values: readonly T[]): T[] {
  return values.filter((_, i) => i % 2 === 1);
}
