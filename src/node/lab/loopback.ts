/** Servers on the two addresses by which a machine reaches only itself. */

import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { ConfigError } from "../../errors.js";
import { codeOf } from "../file-error.js";
import { HEADERS, NOT_STORED } from "./headers.js";

/** The port that the lab takes if none is given and it is free. */
const USUAL_PORT = 4747;
const ADDRESSES = ["127.0.0.1", "::1"] as const;
/** Where ::1 does not exist. */
const NO_SUCH_ADDRESS = ["EADDRNOTAVAIL", "EAFNOSUPPORT"];
/** Ports that the system chooses may be taken on the other address. */
const ATTEMPTS = 20;
const MOST_CONNECTIONS = 512;
const HEADER_BYTES = 2 ** 14;

/** How long connections are waited for, in milliseconds. */
export interface Patience {
  /** For the head of a request. */
  readonly headMs: number;
  /** For anything, on a connection that neither sends nor takes. */
  readonly idleMs: number;
}

type Answer = (request: IncomingMessage, response: ServerResponse, port: number) => void;

/** Servers that listen. */
export interface Loopback {
  readonly port: number;
  /** Ends all connections. */
  close(): Promise<void>;
}

/**
 * Listens at a port, or if none is given at the usual one, or any that is free.
 *
 * @throws ConfigError if that port is taken, or not allowed
 */
export async function listenOnLoopback(
  port: number | undefined,
  patience: Patience,
  answer: Answer,
): Promise<Loopback> {
  const attempts = port === undefined ? [USUAL_PORT, ...Array<number>(ATTEMPTS).fill(0)] : [port];
  let failure: unknown;
  for (const attempt of attempts) {
    const servers: Server[] = [];
    try {
      const found = await listenOnBoth(attempt, patience, answer, servers);
      return { port: found, close: () => closeAll(servers) };
    } catch (error) {
      await closeAll(servers);
      failure = error;
    }
  }
  throw refusedPort(port, failure);
}

async function listenOnBoth(wanted: number, patience: Patience, answer: Answer, servers: Server[]): Promise<number> {
  let port = wanted;
  for (const host of ADDRESSES) {
    const server = serverFor(patience, (request, response) => answer(request, response, port));
    try {
      server.listen({ port, host, exclusive: true });
      await once(server, "listening");
    } catch (error) {
      if (servers.length > 0 && NO_SUCH_ADDRESS.includes(codeOf(error) ?? "")) continue;
      throw error;
    }
    servers.push(server);
    const address = server.address();
    if (typeof address === "object" && address !== null) port = address.port;
  }
  return port;
}

function serverFor(
  { headMs, idleMs }: Patience,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Server {
  const server = createServer({
    maxHeaderSize: HEADER_BYTES,
    headersTimeout: headMs,
    requestTimeout: headMs,
    connectionsCheckingInterval: headMs / 4,
    // The answer to it is that of every other refused request.
    requireHostHeader: false,
    insecureHTTPParser: false,
  });
  server.maxConnections = MOST_CONNECTIONS;
  // None is dropped without a word: the guard counts them.
  server.maxHeadersCount = 0;
  server.timeout = idleMs;
  const answering = new WeakSet<Duplex>();
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    answering.add(socket);
    response.on("close", () => answering.delete(socket));
    response.on("error", () => response.destroy());
    answer(request, response);
  };
  server.on("request", handle);
  // Whoever waits for a sign to send a body doesn't get one.
  server.on("checkContinue", handle);
  server.on("checkExpectation", handle);
  server.on("connect", (_, socket) => endWith(socket, 405));
  server.on("clientError", (error, socket) => {
    if (answering.has(socket)) socket.destroy();
    else endWith(socket, statusOf(error));
  });
  return server;
}

/** Ends a connection whose request could not be read. */
function endWith(socket: Duplex, status: number): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const head = { ...HEADERS, "Cache-Control": NOT_STORED, "Content-Length": "0", Connection: "close" };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", ""].join("\r\n"), () => socket.destroy());
}

function statusOf(error: Error): number {
  const code = codeOf(error);
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map(async (server) => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    }),
  );
}

function refusedPort(port: number | undefined, error: unknown): Error {
  if (port === undefined) return error as Error;
  const field = "port";
  const code = codeOf(error);
  const free = "Without it, the lab takes a free one";
  if (code === "EADDRINUSE")
    return new ConfigError({
      field,
      given: port,
      allowed: `a port that is free; another program listens at this one. ${free}`,
    });
  if (code === "EACCES")
    return new ConfigError({
      field,
      given: port,
      allowed: `a port that this user may take, such as ${USUAL_PORT}. ${free}`,
    });
  return error as Error;
}
