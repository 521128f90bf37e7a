/** Packages that only some people need, so that npm doesn't install them with Ascent. */

import { ConfigError } from "./errors.js";

/**
 * Imports a package. `version` is for one that has to be of this release and no other.
 *
 * @throws ConfigError that says how to install it, where it is missing
 */
export async function importPeer<T>(
  name: string,
  purpose: string,
  load: () => Promise<T>,
  version?: string,
): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!isMissing(error, name)) throw error;
    const wanted = version === undefined ? name : `${name}@${version}`;
    const allowed = `a project with the package ${name}: npm install ${wanted}`;
    throw new ConfigError({ field: purpose, given: `no package ${name}`, allowed });
  }
}

function isMissing(error: unknown, name: string): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === "ERR_MODULE_NOT_FOUND" && (message ?? "").includes(`'${name}'`);
}
