/** Means of what several gradient steps report, by name. */
export class Averages {
  count = 0;
  private readonly totals: Record<string, number> = {};

  add(figures: Readonly<Record<string, number>>): void {
    this.count++;
    for (const [name, value] of Object.entries(figures)) this.totals[name] = (this.totals[name] ?? 0) + value;
  }

  means<K extends string>(...names: readonly K[]): Record<K, number> {
    return Object.fromEntries(names.map((name) => [name, (this.totals[name] ?? 0) / this.count])) as Record<K, number>;
  }
}
