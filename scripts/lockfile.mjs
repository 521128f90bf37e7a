// Completes package-lock.json after a dependency has changed: `npm run lock`.
//
// Where the registry that npm asks lacks a package for some other platform (mirrors often do), npm leaves that optional
// package out of the lock file, and `npm ci` then refuses the file. This writes the entries that are missing, from what
// their names and the package that wants them say.
import { readFileSync, writeFileSync } from "node:fs";

const path = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(path, "utf8"));

const systems = { darwin: "darwin", linux: "linux", win32: "win32", android: "android", freebsd: "freebsd" };
const others = { openharmony: "openharmony" };
const processors = {
  x64: "x64",
  ia32: "ia32",
  arm64: "arm64",
  arm: "arm",
  ppc64: "ppc64",
  riscv64: "riscv64",
  s390x: "s390x",
};

/** `@oxc-parser/binding-linux-x64-musl` → { os: ["linux"], cpu: ["x64"], libc: ["musl"] } */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = words.map((word) => systems[word] ?? others[word]).find(Boolean);
  const cpu = words.map((word) => processors[word]).find(Boolean);
  if (!os || !cpu) throw new Error(`lockfile: ${name} is missing and its name does not tell its platform`);
  const glibc = os === "linux" && /gnu|biome/.test(name);
  const libc = /musl/.test(name) ? ["musl"] : glibc ? ["glibc"] : undefined;
  return { cpu: [cpu], ...(libc && { libc }), os: [os] };
}

for (const [place, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const key = `node_modules/${name}`;
    if (place === "" || lock.packages[key]) continue;
    const { cpu, ...rest } = platformOf(name);
    lock.packages[key] = { version, cpu, ...(dev && { dev }), ...rest, optional: true };
  }
}
const [own, ...rest] = Object.entries(lock.packages);
lock.packages = Object.fromEntries([own, ...rest.sort(([a], [b]) => (a < b ? -1 : 1))]);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
