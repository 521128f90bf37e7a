/** The rows as they come. */
export function minibatches(size: number, minibatchSize: number): number[][] {
  const order = Array.from({ length: size }, (_, row) => row);
  const count = Math.ceil(size / minibatchSize);
  return Array.from({ length: count }, (_, i) => order.slice(i * minibatchSize, (i + 1) * minibatchSize));
}
