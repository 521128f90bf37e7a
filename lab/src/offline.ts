/** Keeps a copy of the page in the browser, so that it opens without a connection. */
export function keepPage(): void {
  if (!("serviceWorker" in navigator)) return;
  // A page that is served insecurely, or in a private window, may not have one. It works all the same.
  navigator.serviceWorker.register("./sw.js", { scope: "./" }).catch(() => undefined);
}
