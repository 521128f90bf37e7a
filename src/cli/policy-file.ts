/** Files of policies, by what their names end with. */

import { ConfigError } from "../errors.js";
import { toDeclaration, toModule, toOnnx, toTorch } from "../export/index.js";
import { versions } from "../node/run-record.js";
import { writeAtomically } from "../node/write-file.js";
import type { Policy } from "../policies/policy.js";

export const FORMATS = ["mjs", "onnx", "safetensors"] as const;
export type Format = (typeof FORMATS)[number];

/** The format of a file: the one asked for, or that of the file's name, or a module. @throws ConfigError if they differ */
export function formatOf(out: string | undefined, wanted: Format | undefined): Format {
  const format = wanted ?? FORMATS.find((known) => out?.endsWith(`.${known}`)) ?? "mjs";
  if (out === undefined || out.endsWith(`.${format}`)) return format;
  const endings = wanted === undefined ? FORMATS : [format];
  const allowed = `a file whose name ends in ${endings.map((ending) => `.${ending}`).join(" or ")}`;
  throw new ConfigError({ field: "--out", given: out, allowed });
}

/** Writes a policy; beside a module, also its types. @throws FileError */
export function writePolicy(
  path: string,
  format: Format,
  policy: Policy,
  about: Readonly<Record<string, string>>,
): void {
  const { ascent: version } = versions();
  if (format === "onnx") writeAtomically(path, toOnnx(policy, { about, version }));
  else if (format === "safetensors") writeAtomically(path, toTorch(policy, { about }));
  else {
    writeAtomically(path, toModule(policy, { about }));
    writeAtomically(path.replace(/\.mjs$/, ".d.mts"), toDeclaration(policy));
  }
}
