interface WithSettings {
  readonly options: Readonly<Record<string, unknown>>;
  readonly envOptions: Readonly<Record<string, unknown>>;
}

/** All settings by name, as in a link: a config's own, the options, and the environment's with `env.` before their names. */
export function settingEntries<C extends WithSettings>({ options, envOptions, ...own }: C): [string, unknown][] {
  const ofEnv = Object.entries(envOptions).map(([name, value]): [string, unknown] => [`env.${name}`, value]);
  return [...Object.entries(own), ...Object.entries(options), ...ofEnv];
}
