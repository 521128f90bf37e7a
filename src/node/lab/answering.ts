/** Answers requests: the page to anyone on this machine, runs to whoever has the token. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { answerWithData, type Data } from "./data.js";
import type { Gate } from "./gate.js";
import { refusalOf } from "./guard.js";
import { HEADERS, SANDBOX, SANDBOX_HEADERS } from "./headers.js";
import type { PageFile } from "./page-files.js";
import { routeOf } from "./routes.js";
import { begin, say, send } from "./sending.js";

/** What a server answers from. */
export interface Served extends Data {
  readonly page: ReadonlyMap<string, PageFile>;
  readonly gate: Gate;
}

const ADVICE = "open the address that ascent lab has printed";

/** Answers a request to the server at `port`. */
export function answer(request: IncomingMessage, response: ServerResponse, port: number, served: Served): void {
  const { method = "", httpVersion: version, url: target = "", rawHeaders, headers } = request;
  // What comes as the body of a request is never read, and ends the connection.
  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) !== 0;
  if (hasBody) response.setHeader("Connection", "close");
  const refusal = refusalOf({ method, version, target, headers: rawHeaders }, port);
  if (refusal !== undefined) {
    if (refusal.status === 405) response.setHeader("Allow", "GET, HEAD");
    say(response, refusal.status, refusal.reason, { Connection: "close" });
    return;
  }
  const route = routeOf(target);
  if (route.kind === "page") sendPage(response, headers["if-none-match"], served.page, route.path);
  else if (route.kind === "ticket") letIn(response, served.gate, route.ticket);
  else if (mayRead(response, served.gate, headers.authorization)) answerWithData(response, route, served);
}

/** A page is asked for again each time, since another version may run at this address later; most answers are short. */
function sendPage(response: ServerResponse, known: string | undefined, page: Served["page"], path: string): void {
  const file = page.get(path);
  if (file === undefined) say(response, 404, "there is no such page");
  else {
    const head = { "Cache-Control": "no-cache", ETag: file.tag, ...(path === SANDBOX ? SANDBOX_HEADERS : {}) };
    if (known !== file.tag) send(response, 200, file.type, file.bytes, head);
    else response.writeHead(304, { ...HEADERS, ...head }).end();
  }
}

/**
 * Leads to the page with the token, once. A browser is started with such an address, and other users of the machine may
 * see that in the list of processes.
 */
function letIn(response: ServerResponse, gate: Gate, ticket: string): void {
  const entry = response.req.method === "GET" ? gate.useTicket(ticket) : "wrong";
  if (entry === "in") {
    begin(response, 303, { Location: `/#token=${gate.token}` });
    response.end();
  } else if (entry === "used") {
    const problem = "this address was good for once, and has been used";
    say(response, 410, `${problem}. If that was not you, end ascent lab and start it with --no-open`);
  } else say(response, 404, ADVICE);
}

/** Whether a request has the token; it is answered if it hasn't. */
function mayRead(response: ServerResponse, gate: Gate, authorization: string | undefined): boolean {
  const entry = gate.enter(authorization);
  if (entry === "in") return true;
  if (entry === "too many") say(response, 429, "too many wrong tokens; wait a second", { "Retry-After": "1" });
  else {
    const problem = entry === "wrong" ? "the token is not that of this lab" : "there is no token";
    say(response, 401, `${problem}: ${ADVICE}`, { "WWW-Authenticate": "Bearer" });
  }
  return false;
}
