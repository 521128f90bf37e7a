/**
 * A hook of Node's module loader: `ascent` and its subpaths are this copy of Ascent, wherever the importing file lies. Two
 * copies would not know each other's tensors.
 */

import type { ResolveHook } from "node:module";

export const resolve: ResolveHook = (specifier, context, next) =>
  next(specifier, /^ascent(\/|$)/.test(specifier) ? { ...context, parentURL: import.meta.url } : context);
