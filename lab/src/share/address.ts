/** The address of the page: the part after `#` is the link of the selected run. */

/** The settings of a link by name, without the digest of all of them. */
export function settingsOf(link: string): Map<string, string> {
  const settings = new Map(new URLSearchParams(link.replace(/^#/, "")));
  settings.delete("config");
  return settings;
}

/** The way back, with the few characters escaped that would be read as something else. */
function linkFrom(settings: ReadonlyMap<string, string>): string {
  return [...settings]
    .map(([name, text]) => `${name}=${encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%20", "+")}`)
    .join("&");
}

/** The same link with another value of one setting; undefined takes the setting out. */
export function withSetting(link: string, name: string, text: string | undefined): string {
  const settings = settingsOf(link);
  if (text === undefined) settings.delete(name);
  else settings.set(name, text);
  return linkFrom(settings);
}
