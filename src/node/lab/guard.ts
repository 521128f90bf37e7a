/**
 * Which requests are answered at all. Any page in the user's browser can send requests to this machine, and with a name that
 * is made to point here (DNS rebinding) it could also read the answers: its origin is then the name that it was called by.
 * So the name is checked first, for every path and method.
 */

/** A request as it came, before anything is done about it. `headers` are names and values in turn. */
export interface Asked {
  readonly method: string;
  /** Of HTTP, such as 1.1. */
  readonly version: string;
  readonly target: string;
  readonly headers: readonly string[];
}

/** Why a request is not answered, for whoever reads the answer. */
export interface Refusal {
  readonly status: 400 | 403 | 405 | 431;
  readonly reason: string;
}

/** Requests of a browser have about fifteen. */
const MOST_HEADERS = 100;

/** The names by which this server is called, as they stand in `Host`. */
function hostsOf(port: number): readonly string[] {
  const names = ["127.0.0.1", "localhost", "[::1]"];
  return [...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])];
}

/** The path of a page that other sites may lead to, by a link. What they could embed or fetch, they may not. */
const ENTRANCE = "/";

/** Says why a request to a server at `port` is refused; undefined if it isn't. */
export function refusalOf({ method, version, target, headers }: Asked, port: number): Refusal | undefined {
  if (version !== "1.1" && version !== "1.0") return { status: 400, reason: "only HTTP/1.1 is answered" };
  if (headers.length > 2 * MOST_HEADERS) return { status: 431, reason: `more than ${MOST_HEADERS} headers` };
  const values = (name: string): string[] =>
    headers.filter((_, i) => i % 2 === 1 && headers[i - 1].toLowerCase() === name);
  const repeated = ["host", "origin", "authorization", "sec-fetch-site", "content-length"].find(
    (name) => values(name).length > 1,
  );
  if (repeated !== undefined) return { status: 400, reason: `more than one ${repeated}` };
  const [host] = values("host");
  if (host === undefined) return { status: 400, reason: "no host" };
  if (!hostsOf(port).includes(host.toLowerCase())) {
    const names = hostsOf(port).join(", ");
    return { status: 403, reason: `the lab answers only at ${names}. A tunnel has to keep the port` };
  }
  if (!target.startsWith("/")) return { status: 400, reason: "the target is not a path" };
  const [origin] = values("origin");
  if (origin !== undefined && origin !== `http://${host.toLowerCase()}`) return foreign;
  const [site = "none"] = values("sec-fetch-site");
  if (!["none", "same-origin"].includes(site) && !isVisit(target, values)) return foreign;
  if (method !== "GET" && method !== "HEAD") return { status: 405, reason: "only GET and HEAD are answered" };
  return undefined;
}

const foreign: Refusal = { status: 403, reason: "requests of other sites are not answered" };

/** Whether the user has followed a link of another site to the front page, in a window and not in a frame. */
function isVisit(target: string, values: (name: string) => string[]): boolean {
  const is = (name: string, value: string): boolean => values(name).join() === value;
  return target === ENTRANCE && is("sec-fetch-mode", "navigate") && is("sec-fetch-dest", "document");
}
