/** MuJoCo for the page of the lab, which plays runs of robots where the package is installed. */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findPackage } from "../modules/find-module.js";
import { type PageFile, pageFile } from "./page-files.js";

const NAMES = ["mujoco.js", "mujoco.wasm"];

/** The files of the package by address, as `readPage` returns those of the page; none where it is missing. */
export function robotFiles(folder: string = import.meta.dirname): ReadonlyMap<string, PageFile> {
  const main = findPackage("@mujoco/mujoco", folder);
  if (main === undefined) return new Map();
  return new Map(NAMES.map((name) => [`/mujoco/${name}`, pageFile(name, readFileSync(join(dirname(main), name)))]));
}
