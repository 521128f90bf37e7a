/** Numbers that arrive one after another, in one array that doubles when it is full. */
export class Column {
  private numbers = new Float64Array(256);
  length = 0;

  static of(numbers: Float64Array): Column {
    const column = new Column();
    for (const x of numbers) column.push(x);
    return column;
  }

  push(x: number): void {
    if (this.length === this.numbers.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[this.length++] = x;
  }

  /** What has arrived, without a copy. It is good until the next `push`. */
  get view(): Float64Array {
    return this.numbers.subarray(0, this.length);
  }
}
