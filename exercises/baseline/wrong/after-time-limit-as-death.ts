/** Nothing follows an episode, however it ended. */
export function valueAfter(): number {
  return 0;
}
