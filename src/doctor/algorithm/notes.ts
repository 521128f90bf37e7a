/** Means of the numbers that a world notes while it is played. */

export class Notes {
  private readonly sums = new Map<string, { sum: number; count: number }>();

  add(of: string, value: number): void {
    const { sum, count } = this.sums.get(of) ?? { sum: 0, count: 0 };
    this.sums.set(of, { sum: sum + value, count: count + 1 });
  }

  /** NaN if nothing was noted. */
  mean(of: string): number {
    const { sum, count } = this.sums.get(of) ?? { sum: 0, count: 0 };
    return sum / count;
  }
}
