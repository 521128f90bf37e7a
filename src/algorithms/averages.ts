/** Averages the diagnostics of several gradient steps. */
export class Averages {
  count = 0;
  private readonly totals: Record<string, number> = {};

  add(figures: Readonly<Record<string, number>>): void {
    const { totals } = this;
    if (this.count++ === 0) Object.assign(totals, figures);
    else for (const name in totals) totals[name] += figures[name];
  }

  means<K extends string>(...names: readonly K[]): Record<K, number> {
    return Object.fromEntries(names.map((name) => [name, (this.totals[name] ?? 0) / this.count])) as Record<K, number>;
  }
}
