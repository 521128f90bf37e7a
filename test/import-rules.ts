/** Converts the arrows of ARCHITECTURE.md to rules for dependency-cruiser, and runs it. */

import { cruise, type IFlattenedRuleSet, type IForbiddenRuleType, type IModule } from "dependency-cruiser";

/** `tensor` → `kernels`, `errors`: what each layer may import. */
export type Arrows = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the block of arrows on a page: `tensor: kernels errors` says that files in `src/tensor` may import from
 * `src/kernels` and `src/errors.ts`; `kernels/maths` allows one file of a folder.
 */
export function readArrows(page: string): Arrows {
  const block = /```arrows\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const lines = block.split("\n").filter((line) => line.includes(":"));
  return new Map(
    lines.map((line) => {
      const [layer, allowed] = line.split(":");
      return [layer.trim(), allowed.split(/\s+/).filter((name) => name !== "" && name !== "-")];
    }),
  );
}

/** `src/tensor/ops/linear.ts` belongs to `tensor`, `src/errors.ts` to `errors`. */
export function layerOf(path: string): string {
  return path.split("/")[1].replace(/\.ts$/, "");
}

/** The files that a name in the arrows stands for, as a regular expression: a folder of `src`, or one file. */
export function pathOf(name: string): string {
  return `^src/${name}(/|\\.ts$)`;
}

function rulesFor(arrows: Arrows): IFlattenedRuleSet {
  const layers: IForbiddenRuleType[] = [...arrows].map(([layer, allowed]) => ({
    name: layer,
    severity: "error",
    from: { path: pathOf(layer) },
    to: { path: "^src/", pathNot: [layer, ...allowed].map(pathOf) },
  }));
  return {
    forbidden: [
      ...layers,
      { name: "no cycles", severity: "error", from: {}, to: { circular: true } },
      {
        name: "nothing from outside",
        severity: "error",
        from: { path: "^src/", pathNot: "^src/(node|cli|mujoco)/" },
        to: { pathNot: "^src/" },
      },
      {
        name: "nothing from outside but MuJoCo",
        severity: "error",
        from: { path: "^src/mujoco/" },
        to: { pathNot: "^src/|^(node_modules/)?@mujoco/mujoco(/|$)" },
      },
    ],
  };
}

/** Every module in the `src` of a folder with its imports, and a line for each import that breaks a rule. */
export async function imports(
  folder: string,
  arrows: Arrows,
): Promise<{ modules: readonly IModule[]; violations: readonly string[] }> {
  const { output } = await cruise(
    ["src"],
    {
      baseDir: folder,
      exclude: { path: "\\.test\\.ts$" },
      doNotFollow: { path: "node_modules" },
      // Imports of types count, though the compiler drops them.
      tsPreCompilationDeps: true,
      // Any call of a function named `require` would count otherwise.
      moduleSystems: ["es6"],
      validate: true,
      ruleSet: rulesFor(arrows),
    },
    // An import names the JavaScript that a source becomes. To look for the source first halves the search.
    { extensionAlias: { ".js": [".ts", ".js"] } },
  );
  if (typeof output === "string") throw new TypeError("dependency-cruiser gave a text instead of its result");
  const violations = output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  return { modules: output.modules, violations };
}
