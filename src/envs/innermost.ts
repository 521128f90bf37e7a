/** Tells whether two environments are one and the same under their wrappers. */

const inner = new WeakMap<object, object>();

/** Remembers what a wrapper wraps, and returns the wrapper. */
export function wrapping<W extends object>(wrapper: W, wrapped: object): W {
  inner.set(wrapper, wrapped);
  return wrapper;
}

/** The environment under all wrappers of this library. */
function innermost(env: object): object {
  let found = env;
  for (let next = inner.get(found); next !== undefined; next = inner.get(found)) found = next;
  return found;
}

/** Whether these environments are different objects, whatever wraps them. */
export function areDistinct(envs: readonly object[]): boolean {
  return new Set(envs.map(innermost)).size === envs.length;
}
