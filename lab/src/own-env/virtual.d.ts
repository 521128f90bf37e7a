/** What the build makes for this room: `lab/own-env-build.ts`. */

/** Files with types, by their paths: `/lib/lib.es5.d.ts`, `/ascent/envs/index.d.ts`. */
declare module "virtual:own-env-types" {
  const files: Readonly<Record<string, string>>;

  export { files };
}

/** The engine of this room as the text of one script. */
declare module "virtual:own-env-engine" {
  const text: string;

  export { text };
}

declare module "*.ts?raw" {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: this is how the build gives texts
  export default text;
}
