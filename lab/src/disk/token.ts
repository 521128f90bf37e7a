/** The token that `ascent lab` puts into the address. It is kept in memory alone, and is no part of a shared link. */

let token: string | undefined;

export function keepToken(given: string): void {
  token = given;
}

/** Undefined on a static host, which serves no runs. */
export function labToken(): string | undefined {
  return token;
}
