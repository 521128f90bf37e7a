/** Flags of Node that load modules: a new thread or process needs them for the user's own code, such as `--import tsx`. */

const LOADS = /^(-r|-C|--(require|import|loader|experimental-loader|conditions))(=|$)/;

/** Those of the flags that load modules, with their values. */
export function loadingFlags(flags: readonly string[]): string[] {
  const takesNext = (flag: string | undefined): boolean =>
    flag !== undefined && LOADS.test(flag) && !flag.includes("=");
  return flags.filter((flag, i) => LOADS.test(flag) || takesNext(flags[i - 1]));
}
