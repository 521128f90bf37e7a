/**
 * A hook of Node's module loader: `ascent` and its subpaths are this copy of Ascent, wherever the importing file lies. Two
 * copies would not know each other's tensors. `ascent/envs` also tells how far training has come.
 */

import type { ResolveHook } from "node:module";

export const resolve: ResolveHook = (specifier, context, next) => {
  if (!/^ascent(\/|$)/.test(specifier)) return next(specifier, context);
  const here = { ...context, parentURL: import.meta.url };
  return next(specifier === "ascent/envs" ? "./watched-envs.js" : specifier, here);
};
