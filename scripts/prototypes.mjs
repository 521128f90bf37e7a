// Reads the kernels' C prototypes, the one place where their arguments are declared: `void KERNEL(name)(f32 *y, …)`.
// From them come the TypeScript interface of the kernels and the native addon's wrappers.
import { readdirSync, readFileSync } from "node:fs";

export const kernelFolder = new URL("../src/kernels/", import.meta.url);

/** { "gemm.h": "…", "tables/tables64.h": "…", … }: every C source of the kernels. */
export function readSources() {
  const all = readdirSync(kernelFolder, { recursive: true }).map((name) => name.replaceAll("\\", "/"));
  const names = all.filter((name) => /\.[ch]$/.test(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, kernelFolder), "utf8")]));
}

/**
 * The kernels that a source includes, `kernels.c` or `language.c`:
 * [{ name, returns, parameters: [{ name, type: "pointer" | "i32" | "f32" | "f64" }] }].
 */
export function readPrototypes(sources, root) {
  const found = [];
  const seen = new Set();
  const visit = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, included] of sources[file].matchAll(/^#include "(.+)"/gm)) visit(included);
    for (const [, returns, name, list] of sources[file].matchAll(/^(void|i32|f64) KERNEL\((\w+)\)\(([^)]*)\)/gm)) {
      const parameters = list.split(",").map((parameter) => {
        const [, type, star, parameterName] = /^\s*(?:const )?(\w+) (\*?)(\w+)\s*$/.exec(parameter);
        return { name: parameterName, type: star ? "pointer" : type };
      });
      found.push({ name, returns, parameters });
    }
  };
  visit(root);
  return found;
}

const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

/** The TypeScript interface of kernels; a pointer is a byte address in kernel memory, 0 for none. */
export function interfaceOf(name, prototypes) {
  const members = prototypes.map(({ name: kernel, returns, parameters }) => {
    const list = parameters.map((parameter) => `${camel(parameter.name)}: number`).join(", ");
    return `  readonly ${kernel}: (${list}) => ${returns === "void" ? "void" : "number"};`;
  });
  return `export interface ${name} {\n${members.join("\n")}\n}\n`;
}
