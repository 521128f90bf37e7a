import { language } from "../../kernels/language.js";
import { gradient, result } from "../graph.js";
import { requireTensor } from "../require-tensor.js";
import { showShape, TensorError } from "../shape.js";
import { at, type Node, type Tensor } from "../tensor.js";
import { requireIds } from "./require-ids.js";

/**
 * y[…] = table[ids[…]]: the rows of a table [V, C] by their numbers, int32 ids of any shape: [.., C]. A row that occurs
 * several times receives the sum of its gradients, added in the order of ids.
 *
 * @throws TensorError if the table is not a matrix, or an id is not from 0 to V - 1
 */
export function embedding(table: Tensor, ids: Tensor): Tensor {
  requireTensor("embedding", table);
  if (table.shape.length !== 2) throw new TensorError(`embedding: needs a table [V, C], got ${showShape(table.shape)}`);
  const [v, c] = table.shape;
  requireIds("embedding", ids, 0, v - 1);
  const y = result([...ids.shape, c], [table], ids, embeddingBackward);
  language.embedding(at(y), at(table), at(ids), ids.size, c);
  return y;
}

function embeddingBackward(y: Tensor, { inputs: [table], saved: ids }: Node & { saved: Tensor }): void {
  const d = gradient(table);
  language.embedding_backward(at(d), at(y.grad!), at(ids), ids.size, table.shape[1]);
}
