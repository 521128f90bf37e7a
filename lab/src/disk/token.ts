/**
 * The token that `ascent lab` puts into the address. It is no part of a shared link. The tab keeps it, so that a page that is
 * loaded anew has its runs; it ends with the tab, and no other site and no other tab sees it.
 */

const KEY = "ascent-lab-token";
/** For browsers that refuse storage. */
let token: string | undefined;

export function keepToken(given: string): void {
  token = given;
  try {
    sessionStorage.setItem(KEY, given);
  } catch {}
}

/** Undefined on a static host, which serves no runs. */
export function labToken(): string | undefined {
  try {
    token ??= sessionStorage.getItem(KEY) ?? undefined;
  } catch {}
  return token;
}
