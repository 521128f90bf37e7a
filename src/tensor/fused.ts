/** A function with the plain formula that it computes. */
type Fused<F> = F & { readonly expression: F };

/**
 * Computes a formula of tensors by one faster operation that gives the same numbers. `expression` keeps the formula,
 * and a test compares the two.
 */
export function fused<F extends (...args: never[]) => unknown>(expression: F, operation: NoInfer<F>): Fused<F> {
  // A bound function passes its arguments on without making an array of them.
  return Object.assign(operation.bind(undefined) as F, { expression });
}
