// Keeps the page for visits without a connection. The document comes from the network where there is one, so a release is
// seen at once; files of the build have the digest of their content in their names, so a copy of one is never out of date. The digest of
// the model is part of the cache's name.
const CACHE = "ascent-lab ASCENT_BUILD";
// The first room is kept at once, the others when they are opened.
const FIRST = ["ASCENT_FIRST"];
const LATER = ["ASCENT_LATER"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(["./", ...FIRST])));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then((names) => {
      const old = names.filter((name) => name.startsWith("ascent-lab ") && name !== CACHE);
      return Promise.all(old.map((name) => caches.delete(name)));
    }),
  );
  self.clients.claim();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const place = new URL("./", self.location.href);
  if (request.method !== "GET" || !url.href.startsWith(place.href)) return;
  const path = url.pathname.slice(place.pathname.length);
  if (path === "" || path === "index.html") event.respondWith(document());
  // Runs on disk are never kept: they change, and they belong to whoever has the token.
  else if (FIRST.includes(path) || LATER.includes(path)) event.respondWith(kept(request));
});

async function document() {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch("./", { cache: "no-cache" });
    if (response.ok) await cache.put("./", response.clone());
    return response;
  } catch (error) {
    const copy = await cache.match("./");
    if (copy === undefined) throw error;
    return copy;
  }
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  const copy = await cache.match(request);
  if (copy !== undefined) return copy;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}
