import { spawn } from "node:child_process";

/** A program and its first arguments. The address follows. */
export type Command = readonly [program: string, ...args: string[]];

/** What opens an address in the user's browser. Undefined over SSH, and where there is no screen: a text browser would take over the terminal. */
export function browserCommand(
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
): Command | undefined {
  if (env.SSH_CONNECTION || env.SSH_TTY) return undefined;
  if (platform === "darwin") return ["open"];
  // `start` is a word of the shell, and takes what is first in quotes as a title.
  if (platform === "win32") return ["cmd", "/c", "start", ""];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ["xdg-open"] : undefined;
}

/** Opens an address. Where that fails, the user has read the address, and opens it by hand. */
export function openBrowser([program, ...args]: Command, address: string): void {
  const child = spawn(program, [...args, address], { detached: true, stdio: "ignore", windowsHide: true });
  child.on("error", () => {});
  child.unref();
}
