/** A priority queue: a binary heap, in which no element comes before its parent. */
export class Heap<T> {
  private readonly elements: T[] = [];
  private readonly before: (a: T, b: T) => boolean;

  constructor(before: (a: T, b: T) => boolean) {
    this.before = before;
  }

  push(element: T): void {
    const { elements, before } = this;
    let place = elements.push(element) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!before(element, elements[parent])) break;
      elements[place] = elements[parent];
      place = parent;
    }
    elements[place] = element;
  }

  /** Takes out the first element. */
  pop(): T | undefined {
    const { elements, before } = this;
    const first = elements[0];
    const last = elements.pop() as T;
    const { length } = elements;
    if (length === 0) return first;
    let place = 0;
    for (let child = 1; child < length; child = 2 * place + 1) {
      if (child + 1 < length && before(elements[child + 1], elements[child])) child++;
      if (!before(elements[child], last)) break;
      elements[place] = elements[child];
      place = child;
    }
    elements[place] = last;
    return first;
  }
}
