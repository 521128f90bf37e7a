/** The headers of every answer. */

/**
 * What a page from this server may load and run: its own files and WebAssembly. A worker follows the policy of its own file,
 * so scripts have it too.
 */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The last three but one isolate the page, so that it may share memory between threads. */
export const HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy": POLICY,
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Referrer-Policy": "no-referrer",
};

/**
 * The page below which the lab runs its visitor's code. It has no origin, wherever it is opened, and only the lab may show it.
 * What it may load stands in the page itself, since hosts that send no headers serve it too: an engine and code that it is
 * sent, and nothing else.
 */
export const SANDBOX = "/own-env.html";

export const SANDBOX_HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy": "sandbox allow-scripts; frame-ancestors 'self'",
};

/** Nothing that a run holds stays in a browser's cache. */
export const NOT_STORED = "no-store";
