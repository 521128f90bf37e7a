export function buildNative() {}
